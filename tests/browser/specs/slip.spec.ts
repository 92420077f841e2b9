import { Api } from '../support/api.ts';
import { lookAtAsItIs } from '../support/panel.ts';
import { openedByEnter, wordsOf } from '../support/pdf.ts';
import { LONG_NAME, takeIn } from '../support/scene.ts';
import { baseUrl, expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

/** Of all procedures the one with the most papers. */
const PROCEDURE = '2.000806';

interface Procedure {
  name: string;
  components: { id: string; name: string }[];
}

test('the slip is a document that says what was taken in, for the citizen and for the office', async ({ people }) => {
  const api = new Api(baseUrl());
  const { components, name } = await api.call<Procedure>('tiepnhan', 'GET', `/procedures/${PROCEDURE}`);
  const dossier = await takeIn(api, {
    name: LONG_NAME,
    procedure: PROCEDURE,
    components: components.map((c) => c.id),
  });
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}/slip`);
  await expect(page.getByRole('article')).toHaveCount(2);
  await lookAtAsItIs(page, 'slip-with-document');

  const button = page.getByRole('button', { name: vi('slip:document'), exact: true });
  await button.focus();
  await expect(button).toBeFocused();
  const path = await openedByEnter(page);
  const words = await wordsOf(await api.file('tiepnhan', path));
  const lines = [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập – Tự do – Hạnh phúc',
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    'Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo',
    `Mã hồ sơ: ${dossier.code}`,
    `Tiếp nhận hồ sơ của: ${LONG_NAME}`,
    'Số căn cước/định danh: 001190004321',
    'Số điện thoại: 0912345678',
    `Nội dung yêu cầu giải quyết: ${name}`,
    ...components.map((c) => c.name),
    '2. Số lượng hồ sơ: 01 (bộ)',
    'ngày 02 tháng 03 năm 2026',
    'NGƯỜI TIẾP NHẬN HỒ SƠ',
  ];
  for (const line of lines) expect(words.split(line).length - 1, `«${line}», once for each side`).toBeGreaterThanOrEqual(2);
  for (const side of ['Liên: Giao khách hàng', 'Liên: Lưu']) expect(words).toContain(side);
  // Without the office's copy the citizen's stands alone.
  const given = await wordsOf(await api.file('tiepnhan', path.replace('both=true', 'both=false')));
  expect(given).not.toContain('Liên: Lưu');
});
