// Package sample generates the texts and photos of the measured cards. They are the same in every run, and nothing is
// downloaded.
package sample

import (
	"net/url"
	"strconv"
	"strings"
)

// Text holds the texts of a card. "#" is replaced by the number of the card.
type Text struct {
	Headline string `json:"headline"`
	Caption  string `json:"caption"`
	Lang     string `json:"-"`
}

// Texts are the texts that cards use in turn: short and long ones, in English and Korean.
var Texts = []Text{
	{"Day #: storm front stalls over the west coast as ferries wait for the wind to turn",
		"Boats at the north pier, picture #", "en"},
	{"#일째 이어진 장마, 서해안 여객선 운항 전면 중단", "부두에 묶인 여객선들, 사진 #", "ko"},
	{"Central bank holds rates for meeting #", "The bank's old hall after rain, picture #", "en"},
	{"시민 #명이 함께 심은 강변 숲, 이번 주말 문을 연다", "새로 놓인 산책로, 사진 #", "ko"},
	{"Harbor city opens its #th night market, and the trains will run until the last stall closes",
		"Lanterns over the quay, picture #", "en"},
	{"반도체 수출 #억 달러, 석 달 만에 다시 늘었다", "항구에서 짐을 기다리는 컨테이너, 사진 #", "ko"},
}

// Card returns the query of card n, without a photo.
func Card(n int) url.Values {
	t := Texts[n%len(Texts)]
	number := strconv.Itoa(n)
	return url.Values{
		"headline": {strings.ReplaceAll(t.Headline, "#", number)},
		"caption":  {strings.ReplaceAll(t.Caption, "#", number)},
		"lang":     {t.Lang},
	}
}

// Headline returns a headline of n code points, or one fewer, in words of usual length. It begins with number, which
// makes it unique. n must be positive.
func Headline(n, number int) string {
	const words = "storm front stalls over the west coast while ferries wait for the wind to turn and ports stay shut "
	long := strconv.Itoa(number) + " " + strings.Repeat(words, n/len(words)+1)
	return strings.TrimSpace(long[:n-1]) + "s"
}
