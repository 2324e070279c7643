package text

import (
	"strings"
	"unicode"
)

// Numbers in words, as newspapers write small and round ones: สามพันคน, သုံးထောင်ကျော်.

// wordedDigits are numbers, and words before them that make them rough, in Thai, Lao, Khmer and Burmese.
var wordedDigits = set(
	"หนึ่ง", "เอ็ด", "สอง", "ยี่", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "ร้อย", "พัน",
	"หมื่น", "แสน",
	"ล้าน", "กว่า", "หลาย", "ครึ่ง",
	"ໜຶ່ງ", "ຫນຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ", "ສິບ", "ຮ້ອຍ", "ພັນ", "ໝື່ນ",
	"ແສນ", "ລ້ານ",
	"ກວ່າ", "ຫຼາຍ",
	"មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ដប់", "រយ", "ពាន់", "ម៉ឺន", "សែន", "លាន", "ជាង",
	"တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး", "ဆယ်", "ရာ", "ထောင်", "သောင်း",
	"သိန်း", "သန်း", "လူ",
)

// wordedParts follow a number of the same languages: larger numbers, counters and units.
var wordedParts = []string{
	"หนึ่ง", "เอ็ด", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "ร้อย", "พัน", "หมื่น",
	"แสน", "ล้าน",
	"คน", "ราย", "บาท", "ปี", "วัน", "เดือน", "ชั่วโมง", "นาที", "แห่ง", "หลัง", "คัน", "ลำ", "ครั้ง",
	"เปอร์เซ็นต์", "เมตร",
	"กิโลเมตร", "องศา", "ดอลลาร์", "จังหวัด", "ประเทศ", "ฉบับ", "เรื่อง", "ตัว", "ชิ้น", "ครัวเรือน",
	"ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ", "ສິບ", "ຮ້ອຍ", "ພັນ", "ໝື່ນ", "ແສນ",
	"ລ້ານ", "ຄົນ", "ກີບ",
	"ປີ", "ວັນ", "ເດືອນ", "ຊົ່ວໂມງ", "ຫຼັງ", "ແຫ່ງ", "ຄັ້ງ",
	"មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ដប់", "រយ", "ពាន់", "ម៉ឺន", "សែន", "លាន", "នាក់", "រៀល", "ឆ្នាំ",
	"ថ្ងៃ", "ខែ", "ម៉ោង", "ភាគរយ",
	"តោន", "គ្រួសារ",
	"တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး", "ဆယ်", "ရာ", "ထောင်", "သောင်း",
	"သိန်း", "သန်း", "ကျော်",
	"ယောက်", "ဦး", "ကျပ်", "ရက်", "ခု", "ကြိမ်", "ရာခိုင်နှုန်း",
}

// inWordedNumber reports whether both words, which have no white space between them, are parts of one number with its
// counter.
func inWordedNumber(before, after string) bool {
	return (isWorded(before) || unicode.IsDigit(lastRune(before))) && hasPrefixOf(after, wordedParts)
}

// isWorded reports whether a word of the word lists is one or more words of a number: ສາມພັນ.
func isWorded(word string) bool {
	for n := len(word); n > 0 && word != ""; n-- {
		if wordedDigits[word[:n]] {
			word = word[n:]
			n = len(word) + 1
		}
	}
	return word == ""
}

// burmeseTrailing are particles of Burmese, which end the phrase before them.
var burmeseTrailing = set("များ", "တို့", "ကို", "သို့", "မှ", "တွင်", "၌", "ကြောင့်", "ကျော်", "သည်", "ပြီး",
	"ရာ", "ခဲ့", "မည်", "နေ", "လျှင်",
	"နှင့်", "အတွက်", "၏", "က", "မှာ", "တော့", "ပြောင်း")

// groupsDigits reports whether the white space before rune r stands between the digits of one number: 300 000.
func (sh *shaped) groupsDigits(r int) bool {
	last := r - 2
	if last < 0 || !sh.isSpace(r-1) || !unicode.IsDigit(sh.runes[last]) {
		return false
	}
	from := last
	for from > 0 && unicode.IsDigit(sh.runes[from-1]) {
		from--
	}
	if last-from > 2 || from > 0 && strings.ContainsRune(".,", sh.runes[from-1]) {
		return false
	}
	to := r
	for to < len(sh.runes) && unicode.IsDigit(sh.runes[to]) {
		to++
	}
	return to-r == 3
}
