package text

import "strings"

// holdThai finds the places between words of Thai that readers see as one: after a word that makes nouns of verbs or
// persons of actions, and inside compounds.
func (sh *shaped) holdThai() {
	for from := 0; from < len(sh.runes); {
		to := from + 1
		for to < len(sh.runes) && sh.inside[to] {
			to++
		}
		if to < len(sh.runes) && sh.betweenWords(to) && thaiPrefixes[string(sh.runes[from:to])] {
			sh.hold(to)
		}
		from = to
	}
	text := string(sh.runes)
	for _, compound := range thaiCompounds {
		for at, rest := 0, text; ; {
			i := strings.Index(rest, compound)
			if i < 0 {
				break
			}
			at += len([]rune(rest[:i]))
			n := len([]rune(compound))
			for r := at + 1; r < at+n; r++ {
				sh.hold(r)
			}
			at, rest = at+n, rest[i+len(compound):]
		}
	}
}

func (sh *shaped) hold(r int) {
	if sh.heldThai == nil {
		sh.heldThai = make([]bool, len(sh.runes)+1)
	}
	sh.heldThai[r] = true
}

// thaiPrefixes belong to the word after them.
var thaiPrefixes = set("ผู้", "การ", "ความ", "นัก", "ชาว", "ช่าง", "คณะ", "โรง",
	"เครื่อง", "ห้อง", "ร้าน", "ไม่", "น่า", "ฝ่าย", "ร้อยละ")

// thaiCompounds are frequent in news, and more than one word in the list.
var thaiCompounds = strings.Fields(`
กรรมการ กระทรวงการคลัง กลางวัน กลางคืน กองทัพ การเมือง การค้า กำลังใจ ข้อตกลง ข้อมูล ของกลาง ขั้นต่ำ ขึ้นราคา
ข่าวลือ เข้าร่วม ครบรอบ คนร้าย คนไทย ความเห็น คว้าแชมป์ ค่าแรง ค่าไฟฟ้า คำสั่ง เครือข่าย เงินเดือน เงินเฟ้อ
จับกุม เจ้าหน้าที่ เจ้าของ ฉับพลัน ชายแดน ชาวบ้าน ช่วยเหลือ เชื่อมั่น ต่อเนื่อง ต่อต้าน ต่างชาติ ต่างด้าว
ต่างประเทศ ตรวจสอบ ตรวจค้น ตัวแทน ตัวประกัน ตำรวจ เตือนภัย ถอดถอน ถึงแก่กรรม ทะเบียน ทางการ ทางด่วน ทีมชาติ
ท่าเรือ ท้องถิ่น ท่องเที่ยว ที่ดิน ที่ปรึกษา นักท่องเที่ยว นักวิชาการ น้ำท่วม น้ำป่า น้ำมัน นายกรัฐมนตรี บาดเจ็บ
บังคับใช้ บุกจับ ประชุมด่วน ปรับลด ปะทะ เปิดตัว เปิดเผย ผลงาน ผิดกฎหมาย ผู้เสียชีวิต ผู้ป่วย ผู้ประสบภัย
ผู้ต้องหา ผู้ต้องสงสัย ผู้บาดเจ็บ ผู้นำ ผู้ว่าฯ ผู้สมัคร ผู้ชุมนุม ผู้ติดเชื้อ ผู้รอดชีวิต ผู้มีรายได้น้อย
ผู้โดยสาร ผู้บริหาร ผู้สูงอายุ ฝ่ายค้าน ฝนตกหนัก พรรคเพื่อไทย พรรคประชาชน พื้นที่ เพลิงไหม้ แผ่นดินไหว
เพื่อนบ้าน มีผล ยกเลิก ยอมรับ ยาเสพติด ยืนยัน ยื่นคำร้อง ยุบสภา ร้องเรียน ร้องทุกข์ รถไฟ รถไฟฟ้า รถยนต์
รับผิดชอบ รับมือ รายได้ ราคาทอง เริ่มต้น เรียกประชุม โรงพยาบาล โรงเรียน โรงงาน โรงแรม ลงทะเบียน ลงทุน ลงนาม
ลงพื้นที่ ลงโทษ ลงคะแนน ลดลง ล้มเหลว เล็กน้อย เลือกตั้ง วางใจ วางระเบิด เศรษฐกิจ สถานการณ์ สนามบิน สภาพอากาศ
สอบสวน สังหาร สั่งปิด สูญหาย สูงสุด เสียชีวิต เสียหาย หน้าที่ หนีภาษี หุ้นไทย ห้างสรรพสินค้า ออกหมายจับ อภิปราย
อากาศ อาคารถล่ม อ่าวไทย อุบัติเหตุ ไหลหลาก ข้ามชาติ ขบวนการ ค้นหา เฝ้าระวัง เดินรถ ไล่ตี คนละครึ่ง ประกันสังคม
ภาคใต้ ภาคเหนือ
`)
