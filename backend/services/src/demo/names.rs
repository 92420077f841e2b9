//! Names, numbers and addresses of people who do not exist.

/// A small generator of our own: the same demo on every machine.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn within(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    pub(super) fn one_in(&mut self, n: u32) -> bool {
        self.within(1, n.max(1)) == 1
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let last = u32::try_from(from.len()).unwrap_or(0).checked_sub(1)?;
        from.get(usize::try_from(self.within(0, last)).unwrap_or(0))
    }
}

const FAMILY: [&str; 14] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô",
];
const MIDDLE_F: [&str; 6] = ["Thị", "Thị Thu", "Thị Ngọc", "Thùy", "Kim", "Thị Hồng"];
const MIDDLE_M: [&str; 6] = ["Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân"];
const GIVEN_F: [&str; 12] = [
    "Hương", "Lan", "Mai", "Ánh", "Dung", "Hạnh", "Oanh", "Yến", "Thảo", "Trang", "Quỳnh", "Uyên",
];
const GIVEN_M: [&str; 12] = [
    "An", "Bình", "Cường", "Đạt", "Dũng", "Hải", "Hùng", "Khôi", "Long", "Nghĩa", "Phúc", "Tuấn",
];
const STREETS: [&str; 10] = [
    "phố Hàng Bài",
    "phố Lý Thường Kiệt",
    "phố Trần Hưng Đạo",
    "phố Quán Sứ",
    "phố Phan Bội Châu",
    "phố Hàng Trống",
    "phố Nhà Thờ",
    "phố Hàng Gai",
    "phố Cửa Nam",
    "phố Ngô Quyền",
];

/// Somebody.
pub(super) struct Citizen {
    pub full_name: String,
    pub identity_number: String,
    pub birth_date: String,
    pub phone: String,
    pub address: String,
}

pub(super) fn citizen(dice: &mut Dice) -> Citizen {
    let female = dice.one_in(2);
    let (middle, given): (&[&str], &[&str]) = if female {
        (&MIDDLE_F, &GIVEN_F)
    } else {
        (&MIDDLE_M, &GIVEN_M)
    };
    let mut word = |from: &[&'static str]| dice.pick(from).copied().unwrap_or("An");
    let full_name = format!("{} {} {}", word(&FAMILY), word(middle), word(given));
    let street = word(&STREETS);
    let year = dice.within(1950, 2004);
    let century = match (year >= 2000, female) {
        (false, false) => 0,
        (false, true) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    Citizen {
        full_name,
        identity_number: format!(
            "001{century}{:02}{:06}",
            year % 100,
            dice.within(0, 999_999)
        ),
        birth_date: format!("{year}-{:02}-{:02}", dice.within(1, 12), dice.within(1, 28)),
        phone: format!("09{:08}", dice.within(0, 99_999_999)),
        address: format!("Số {} {street}, Hà Nội", dice.within(1, 180)),
    }
}
