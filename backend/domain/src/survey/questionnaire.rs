//! What people are asked: questionnaires as data, and whether an answer fits the one it was given to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::refusal::{FieldError, Refusal, Text};
use crate::text::{clean_line, clean_text, required_line};

/// Most questions of one questionnaire.
pub const MOST_QUESTIONS: usize = 60;
/// Most options of one question.
pub const MOST_OPTIONS: usize = 20;
/// Most letters of a free text that somebody writes.
pub const MOST_TEXT: usize = 1_000;
/// Most letters of a question, an option or a title.
const MOST_WORDING: usize = 500;
/// Largest figure a question of number kind may ask for.
const MOST_NUMBER: u32 = 1_000;

crate::words::words! {
    /// How a question is answered.
    Kind {
        /// One of its options.
        Single => "single",
        /// Any of its options.
        Multiple => "multiple",
        /// One of five steps, from very dissatisfied to very satisfied.
        Likert => "likert",
        /// One of three faces, told apart by their words too.
        Faces => "faces",
        /// A whole number.
        Number => "number",
        /// One's own words.
        Text => "text",
    }
}

crate::words::words! {
    /// Of what a question speaks.
    About {
        /// Of the officer who served: counted for the officer's own result.
        Officer => "officer",
    }
}

crate::words::words! {
    /// By what an answer came.
    Channel {
        /// By the link on a slip, a receipt or in a message, on one's own telephone.
        Link => "link",
        /// At the tablet on the counter.
        Tablet => "tablet",
        /// At the kiosk in the hall.
        Kiosk => "kiosk",
        /// Told to an interviewer by telephone.
        Telephone => "telephone",
        /// Written on paper, entered by somebody.
        Paper => "paper",
    }
}

crate::words::words! {
    /// At what somebody is asked (Circular 01/2018/TT-VPCP Art 12.2: with forms 01, 02 and 03).
    Occasion {
        /// With the slip of reception.
        Intake => "intake",
        /// With the request for a supplement.
        Supplement => "supplement",
        /// With the refusal.
        Refusal => "refusal",
        /// When the result is handed back.
        Return => "return",
        /// Drawn into a sample.
        Sample => "sample",
    }
}

/// The words of [`Kind`] and [`About`] for the contract: what reads schemas does not see into the macro that
/// spells them.
#[cfg(feature = "schema")]
pub mod words {
    /// How a question is answered.
    #[derive(Debug, Clone, Copy, serde::Serialize, utoipa::ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[allow(missing_docs, reason = "the words of Kind")]
    pub enum QuestionKind {
        Single,
        Multiple,
        Likert,
        Faces,
        Number,
        Text,
    }

    /// Of what a question speaks.
    #[derive(Debug, Clone, Copy, serde::Serialize, utoipa::ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[allow(missing_docs, reason = "the words of About")]
    pub enum QuestionAbout {
        Officer,
    }
}

/// The five steps of a Likert question, from the least.
pub const STEPS: [(&str, &str, &str); 5] = [
    ("1", "Rất không hài lòng", "Very dissatisfied"),
    ("2", "Không hài lòng", "Dissatisfied"),
    ("3", "Bình thường", "Neither"),
    ("4", "Hài lòng", "Satisfied"),
    ("5", "Rất hài lòng", "Very satisfied"),
];

/// An option to choose, or a factor that criteria belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SurveyNamed))]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its word in what is kept: lower-case letters, digits, underscores.
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^([a-z][a-z0-9_]{0,31}|[0-9]{1,4})$")
    )]
    pub id: String,
    /// How it reads.
    pub text: Text,
}

/// When a question is asked at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SurveyShowIf))]
#[serde(deny_unknown_fields)]
pub struct ShowIf {
    /// An earlier question that is answered by choosing.
    pub question: String,
    /// When any of these was chosen there.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 20))]
    pub any_of: Vec<String>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SurveyQuestion))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its word in what is kept.
    #[cfg_attr(feature = "schema", schema(pattern = "^[a-z][a-z0-9_]{0,31}$"))]
    pub id: String,
    /// How it is answered.
    #[cfg_attr(feature = "schema", schema(value_type = words::QuestionKind))]
    pub kind: Kind,
    /// How it reads.
    pub text: Text,
    /// Whether it must be answered where it is asked.
    #[serde(default)]
    pub required: bool,
    /// What may be chosen; a Likert question has its five steps and none of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub options: Vec<Named>,
    /// The largest figure, for a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 1000))]
    pub max: Option<u32>,
    /// When it is asked; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<ShowIf>,
    /// The factor it is a criterion of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// Of what it speaks, when its answers are counted for somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<words::QuestionAbout>))]
    pub about: Option<About>,
    /// Whether it asks for the whole: the share of the satisfied is its.
    #[serde(default)]
    pub overall: bool,
    /// Which of the nine indices its figure answers (3: contacts, 4: bodies).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 3, maximum = 4))]
    pub index: Option<u8>,
}

impl Question {
    /// The words that may be chosen, in their order; none where nothing is chosen.
    pub fn choices(&self) -> Vec<&str> {
        match self.kind {
            Kind::Likert => STEPS.iter().map(|s| s.0).collect(),
            Kind::Single | Kind::Multiple | Kind::Faces => {
                self.options.iter().map(|o| o.id.as_str()).collect()
            }
            Kind::Number | Kind::Text => Vec::new(),
        }
    }
}

/// A questionnaire as published: never edited once it is, only followed by a newer version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = QuestionnaireBody))]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Its lasting word, such as `c01`.
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^[a-z][a-z0-9_]{0,31}$", example = "rieng")
    )]
    pub code: String,
    /// How it is headed.
    pub title: Text,
    /// What is said before the first question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<Text>,
    /// The instrument it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub source: Option<String>,
    /// Factors, where criteria belong to some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub factors: Vec<Named>,
    /// The questions, in their order.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 60))]
    pub questions: Vec<Question>,
}

/// The questionnaires that come with the program: the slip of C01/D61, SIPAS, three faces.
const BUILT_IN: [&str; 3] = [
    include_str!("../../data/surveys/c01.json"),
    include_str!("../../data/surveys/sipas.json"),
    include_str!("../../data/surveys/faces.json"),
];

/// The questionnaires that come with the program.
///
/// # Errors
/// When the data that was built in cannot be read.
pub fn built_in() -> Result<Vec<Questionnaire>, serde_json::Error> {
    BUILT_IN.into_iter().map(serde_json::from_str).collect()
}

fn is_word(id: &str) -> bool {
    (1..=32).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn not_a_word(pointer: String) -> FieldError {
    FieldError::new(
        pointer,
        "invalid_value",
        "Mã gồm chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ, tối đa 32 ký tự.",
        "A word of lower-case letters, digits and underscores, beginning with a letter, at most 32.",
    )
}

fn twice(pointer: String) -> FieldError {
    FieldError::new(
        pointer,
        "duplicate",
        "Mã này đã được dùng ở trên.",
        "This word is used above.",
    )
}

impl Questionnaire {
    /// Puts every wording into its form (NFC, no control characters, trimmed) and checks the whole.
    ///
    /// # Errors
    /// `validation_failed` with a pointer to each fault.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let mut wording = |text: &mut Text, pointer: String, required: bool| {
            for (field, side) in [("vi", &mut text.vi), ("en", &mut text.en)] {
                let clean = if required {
                    required_line(side, MOST_WORDING)
                } else {
                    clean_line(side, MOST_WORDING)
                };
                match clean {
                    Ok(clean) => *side = clean,
                    Err(fault) => faults.push(fault.at(format!("{pointer}/{field}"))),
                }
            }
        };
        wording(&mut self.title, "/title".into(), true);
        if let Some(intro) = &mut self.intro {
            wording(intro, "/intro".into(), false);
        }
        for (i, factor) in self.factors.iter_mut().enumerate() {
            wording(&mut factor.text, format!("/factors/{i}/text"), true);
        }
        for (i, question) in self.questions.iter_mut().enumerate() {
            wording(&mut question.text, format!("/questions/{i}/text"), true);
            for (j, option) in question.options.iter_mut().enumerate() {
                let at = format!("/questions/{i}/options/{j}/text");
                wording(&mut option.text, at, true);
            }
        }
        if let Some(source) = &mut self.source {
            match clean_line(source, MOST_WORDING) {
                Ok(clean) => *source = clean,
                Err(fault) => faults.push(fault.at("/source")),
            }
        }
        self.built_well(&mut faults);
        if faults.is_empty() {
            return Ok(self);
        }
        Err(Refusal::invalid(faults))
    }

    fn built_well(&self, faults: &mut Vec<FieldError>) {
        if !is_word(&self.code) {
            faults.push(not_a_word("/code".into()));
        }
        if !(1..=MOST_QUESTIONS).contains(&self.questions.len()) {
            faults.push(FieldError::out_of_range(
                "/questions",
                1,
                MOST_QUESTIONS as u64,
            ));
        }
        if self.factors.len() > MOST_OPTIONS {
            faults.push(FieldError::out_of_range("/factors", 0, MOST_OPTIONS as u64));
        }
        unique(self.factors.iter().map(|f| &f.id), "/factors", faults);
        unique(self.questions.iter().map(|q| &q.id), "/questions", faults);
        for (i, question) in self.questions.iter().enumerate() {
            self.question_built_well(i, question, faults);
        }
        if self.questions.iter().filter(|q| q.overall).count() > 1 {
            faults.push(FieldError::new(
                "/questions",
                "overall_twice",
                "Chỉ một câu hỏi được là câu hỏi chung.",
                "Only one question may ask for the whole.",
            ));
        }
    }

    fn question_built_well(&self, i: usize, question: &Question, faults: &mut Vec<FieldError>) {
        let at = |field: &str| format!("/questions/{i}/{field}");
        let wanted = match question.kind {
            Kind::Single | Kind::Multiple => Some((2, MOST_OPTIONS)),
            Kind::Faces => Some((3, 3)),
            Kind::Likert | Kind::Number | Kind::Text => Some((0, 0)),
        };
        if let Some((least, most)) = wanted
            && !(least..=most).contains(&question.options.len())
        {
            faults.push(FieldError::out_of_range(
                at("options"),
                least as u64,
                most as u64,
            ));
        }
        unique(
            question.options.iter().map(|o| &o.id),
            &at("options"),
            faults,
        );
        match (question.kind, question.max) {
            (Kind::Number, Some(max)) if (1..=MOST_NUMBER).contains(&max) => {}
            (Kind::Number, _) => faults.push(FieldError::out_of_range(
                at("max"),
                1,
                u64::from(MOST_NUMBER),
            )),
            (_, None) => {}
            (_, Some(_)) => faults.push(FieldError::new(
                at("max"),
                "invalid_value",
                "Chỉ câu hỏi kiểu số mới có giá trị lớn nhất.",
                "Only a number has a largest figure.",
            )),
        }
        if let Some(factor) = &question.factor
            && !self.factors.iter().any(|f| &f.id == factor)
        {
            faults.push(FieldError::new(
                at("factor"),
                "unknown_factor",
                "Không có nhóm yếu tố này.",
                "There is no such factor.",
            ));
        }
        if question.overall && !matches!(question.kind, Kind::Likert | Kind::Faces) {
            faults.push(FieldError::new(
                at("overall"),
                "invalid_value",
                "Câu hỏi chung phải theo thang năm mức hoặc ba mặt.",
                "The question for the whole is of five steps or three faces.",
            ));
        }
        if let Some(index) = question.index
            && (question.kind != Kind::Number || !matches!(index, 3 | 4))
        {
            faults.push(FieldError::new(
                at("index"),
                "invalid_value",
                "Chỉ câu hỏi kiểu số mới cho chỉ số 3 hoặc 4.",
                "Only a number answers index 3 or 4.",
            ));
        }
        if let Some(when) = &question.show_if {
            let earlier = self.questions.iter().take(i);
            let asked = earlier.into_iter().find(|q| q.id == when.question);
            let known = asked.is_some_and(|q| {
                let choices = q.choices();
                !when.any_of.is_empty() && when.any_of.iter().all(|o| choices.contains(&o.as_str()))
            });
            if !known {
                faults.push(FieldError::new(
                    at("show_if"),
                    "unknown_condition",
                    "Điều kiện phải nêu một câu hỏi lựa chọn ở trên và các phương án của nó.",
                    "The condition names an earlier question of choice and options of it.",
                ));
            }
        }
    }

    /// The question with this word.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// Whether a question is asked, given what was chosen before it.
    fn is_asked(question: &Question, chosen: &BTreeMap<&str, &Given>) -> bool {
        question.show_if.as_ref().is_none_or(|when| {
            chosen.get(when.question.as_str()).is_some_and(|given| {
                let mut any = given.choices.iter();
                any.any(|c| when.any_of.contains(c))
            })
        })
    }

    /// Checks what somebody answered: every question known, asked, answered once and as its kind
    /// wants; every required one there. Texts come back in their form.
    ///
    /// # Errors
    /// `validation_failed` with a pointer to each fault: `unknown_question`, `question_not_asked`,
    /// `duplicate`, `unknown_option`, `required`, `out_of_range`, `too_long`.
    pub fn check(&self, given: Vec<Given>) -> Result<Vec<Given>, Refusal> {
        let mut faults = Vec::new();
        let mut clean: Vec<Given> = Vec::with_capacity(given.len());
        if given.len() > self.questions.len() {
            return Err(Refusal::invalid(vec![FieldError::out_of_range(
                "/answers",
                0,
                self.questions.len() as u64,
            )]));
        }
        for (i, mut one) in given.into_iter().enumerate() {
            let at = |field: &str| format!("/answers/{i}/{field}");
            let Some(question) = self.question(&one.question) else {
                faults.push(FieldError::new(
                    at("question"),
                    "unknown_question",
                    "Phiếu này không có câu hỏi đó.",
                    "This questionnaire has no such question.",
                ));
                continue;
            };
            if clean.iter().any(|g| g.question == one.question) {
                faults.push(twice(at("question")));
                continue;
            }
            let before = faults.len();
            fits(question, &mut one, i, &mut faults);
            // Nothing written is no answer.
            if faults.len() == before && one.text.as_deref() != Some("") {
                clean.push(one);
            }
        }
        if faults.is_empty() {
            self.all_there(&clean, &mut faults);
        }
        if faults.is_empty() {
            return Ok(clean);
        }
        Err(Refusal::invalid(faults))
    }

    fn all_there(&self, clean: &[Given], faults: &mut Vec<FieldError>) {
        let chosen: BTreeMap<&str, &Given> =
            clean.iter().map(|g| (g.question.as_str(), g)).collect();
        for question in &self.questions {
            let asked = Self::is_asked(question, &chosen);
            let place = clean.iter().position(|g| g.question == question.id);
            match place {
                Some(i) if !asked => faults.push(FieldError::new(
                    format!("/answers/{i}/question"),
                    "question_not_asked",
                    "Câu hỏi này không được hỏi với các câu trả lời trên.",
                    "This question is not asked after these answers.",
                )),
                None if asked && question.required => faults.push(FieldError::new(
                    "/answers",
                    "required",
                    format!("Vui lòng trả lời câu: {}", question.text.vi),
                    format!("Please answer: {}", question.text.en),
                )),
                _ => {}
            }
        }
    }

    /// What somebody answered, without what is not asked after the rest of it: a page without scripts
    /// shows every question.
    pub fn without_unasked(&self, mut given: Vec<Given>) -> Vec<Given> {
        loop {
            let chosen: BTreeMap<&str, &Given> =
                given.iter().map(|g| (g.question.as_str(), g)).collect();
            let unasked: Vec<String> = given
                .iter()
                .filter_map(|g| self.question(&g.question))
                .filter(|q| !Self::is_asked(q, &chosen))
                .map(|q| q.id.clone())
                .collect();
            if unasked.is_empty() {
                return given;
            }
            given.retain(|g| !unasked.contains(&g.question));
        }
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a String>, pointer: &str, faults: &mut Vec<FieldError>) {
    let mut seen = BTreeSet::new();
    for (i, id) in ids.enumerate() {
        if !is_word(id) && !is_figure(id) {
            faults.push(not_a_word(format!("{pointer}/{i}/id")));
        } else if !seen.insert(id) {
            faults.push(twice(format!("{pointer}/{i}/id")));
        }
    }
}

/// Options may be figures too.
fn is_figure(id: &str) -> bool {
    (1..=4).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

/// What somebody answered to one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// The question's word.
    pub question: String,
    /// What was chosen; a step of a Likert question is `1` to `5`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// One's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Given {
    /// What is counted of it: its choices, or its figure.
    pub fn counted(&self) -> Vec<String> {
        match self.number {
            Some(number) => vec![number.to_string()],
            None => self.choices.clone(),
        }
    }
}

fn fits(question: &Question, given: &mut Given, i: usize, faults: &mut Vec<FieldError>) {
    let at = |field: &str| format!("/answers/{i}/{field}");
    let wrong = |field: &str| {
        FieldError::new(
            at(field),
            "wrong_kind_of_answer",
            "Câu hỏi này không được trả lời theo cách đó.",
            "This question is not answered that way.",
        )
    };
    let by_choice = !question.choices().is_empty();
    if !by_choice && !given.choices.is_empty() {
        faults.push(wrong("choices"));
    }
    if question.kind != Kind::Number && given.number.is_some() {
        faults.push(wrong("number"));
    }
    if question.kind != Kind::Text && given.text.is_some() {
        faults.push(wrong("text"));
    }
    match question.kind {
        Kind::Number => {
            let max = question.max.unwrap_or(MOST_NUMBER);
            if given.number.is_none_or(|n| n > max) {
                faults.push(FieldError::out_of_range(at("number"), 0, u64::from(max)));
            }
        }
        Kind::Text => match clean_text(given.text.as_deref().unwrap_or_default(), MOST_TEXT) {
            Ok(text) => given.text = Some(text),
            Err(fault) => faults.push(fault.at(at("text"))),
        },
        Kind::Single | Kind::Multiple | Kind::Likert | Kind::Faces => {
            let known = question.choices();
            let most = if question.kind == Kind::Multiple {
                known.len()
            } else {
                1
            };
            if !(1..=most).contains(&given.choices.len()) {
                faults.push(FieldError::out_of_range(at("choices"), 1, most as u64));
                return;
            }
            let mut seen = BTreeSet::new();
            for (j, choice) in given.choices.iter().enumerate() {
                let at = format!("/answers/{i}/choices/{j}");
                if !known.contains(&choice.as_str()) {
                    faults.push(FieldError::new(
                        at,
                        "unknown_option",
                        "Câu hỏi này không có phương án đó.",
                        "This question has no such option.",
                    ));
                } else if !seen.insert(choice) {
                    faults.push(twice(at));
                }
            }
        }
    }
}
