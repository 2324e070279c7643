package page

import (
	"slices"
	"strings"
	"unicode"

	"newsroom.example/cards/internal/lazyregexp"
)

// agencies are the names of news agencies and picture agencies as they stand in credits. Those in capitals only are
// not found in lower case, because "ap" and "pa" are words.
var agencies = []string{
	"AAP", "AFP", "ANI", "ANP", "ANSA", "AP", "APA", "EFE", "EPA", "EPA-EFE", "NTB", "PTI", "TASS", "UPI",
	"VCG", "Agence France-Presse", "Alamy", "Alamy Stock Photo", "Anadolu", "Anadolu Agency",
	"Associated Press", "Belga", "Bloomberg News", "Canadian Press", "DPA", "dpa", "EyePress", "Getty",
	"Getty Images", "Getty Images Bank", "Gettyimages", "Gettyimagesbank", "iStock", "Imago", "Jiji",
	"Jiji Press", "Kyodo", "Kyodo News", "Magnum Photos", "News1", "Newsis", "NurPhoto", "PA Images",
	"PA Media", "PA Wire", "Pexels", "Picture Alliance", "Pixabay", "Reuters", "Ritzau", "Scanpix",
	"Shutterstock", "Sipa", "Sipa USA", "Unsplash", "USA Today Sports", "Wikimedia Commons", "Xinhua",
	"Yonhap", "Yonhap News", "Yonhap News Agency", "ZUMA Press", "게티이미지", "게티이미지뱅크", "게티이미지코리아", "공동취재단",
	"공동취재사진", "교도", "교도통신", "국회사진기자단", "뉴스1", "뉴시스", "로이터", "로이터통신", "사진공동취재단", "셔터스톡", "신화", "신화통신",
	"언스플래시", "연합", "연합뉴스", "연합뉴스TV", "이매진스", "클립아트코리아", "타스", "펙셀스", "픽사베이", "共同", "共同通信", "時事", "時事通信",
	"ロイター", "新华社", "新華社",
}

// agencySuffix matches what credits add to the name of an agency.
var agencySuffix = lazyregexp.New(`(?:\s(?:[Pp]hotos?|[Ff]ile(?: [Pp]hoto)?|[Pp]ool|자료\s?사진|사진|제공|캡처|DB))+$`)

func withoutSuffix(s string) string { return agencySuffix().ReplaceAllString(s, "") }

// isAgency reports whether s is the name of an agency.
func isAgency(s string) bool {
	s = withoutSuffix(strings.TrimPrefix(s, "The "))
	return slices.ContainsFunc(agencies, func(name string) bool {
		if name == strings.ToUpper(name) && len(name) <= 4 {
			return s == name
		}
		return strings.EqualFold(s, name)
	})
}

// agencySeparator matches what joins the names in the credit of an agency.
var agencySeparator = lazyregexp.New(`\s*[/=|,·]\s*|\s+[-–]\s+|\s+via\s+`)

// isAgencyLine reports whether a text is the name of an agency, or joins such names and those of people: "AP
// Photo/Jane Doe", "AFP/Getty Images", "AP 연합뉴스". It may be the whole of a caption.
func isAgencyLine(c credits, s string) bool {
	parts := agencySeparator().Split(s, -1)
	if len(parts) > 4 || len(parts) == 1 && c.isHouseOrAgency(s) && !isAgency(s) {
		return false
	}
	known := 0
	for i, part := range parts {
		switch {
		case c.isHouseOrAgency(part), areAgencies(part), part == "PA" && i > 0 && strings.HasSuffix(s, "/PA"):
			known++
		case !c.isByline(part) || strings.Contains(s, " / ") || strings.Contains(s, " | "):
			return false
		}
	}
	return known > 0
}

// isByline reports whether a text can be the name of a photographer or of who gave the photo, beside an agency.
func (c credits) isByline(s string) bool {
	if strings.ContainsFunc(s, isHangul) {
		return isPerson(s) || isReporter(c, s)
	}
	return len(strings.Fields(s)) <= 3 && isName(c, s)
}

// areAgencies reports whether a text consists of the names of agencies: "AP-Yonhap", "EPA 연합뉴스", "EPA연합뉴스".
func areAgencies(s string) bool {
	s = latinAndHangul().ReplaceAllString(withoutSuffix(s), "$1 $2")
	names := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' })
	return len(names) > 1 && !slices.ContainsFunc(names, func(name string) bool { return !isAgency(name) })
}

// latinAndHangul matches where a name in capitals ends and one in Hangul begins.
var latinAndHangul = lazyregexp.New(`([A-Z])([가-힣])`)

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }
