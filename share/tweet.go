package share

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
)

// X measures the length of a post by weight (twitter-text configuration, version 3).
const (
	maxTweet      = 280 // maximum weight of a post
	urlWeight     = 23  // of any URL, and of a bare domain in the text
	emojiWeight   = 2   // of an emoji sequence
	defaultWeight = 2
)

// lightRanges are the code points of weight 1. All others have weight 2.
var lightRanges = [][2]rune{{0, 4351}, {8192, 8205}, {8208, 8223}, {8242, 8247}}

// domainPattern matches domains that X links even without a scheme: names with a common top-level domain, or one of two
// letters. Go and JavaScript read it alike, without regard to case.
const domainPattern = `(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|edu|gov|info|biz|news|tv|app|dev|io|ai|shop|online|site|xyz|[a-z]{2})(?:/[^\t\n\f\r ]*)?`

var bareDomain = lazyregexp.New(`(?i)` + domainPattern)

// TweetWeight returns the weight of a text on X, where a post may have a weight of 280.
func TweetWeight(text string) int {
	text = norm.NFC.String(text)
	weight, from := 0, 0
	for _, at := range bareDomain().FindAllStringIndex(text, -1) {
		if !standsAlone(text, at[0], at[1]) {
			continue
		}
		weight += plainWeight(text[from:at[0]]) + urlWeight
		from = at[1]
	}
	return weight + plainWeight(text[from:])
}

// standsAlone reports whether no Latin letter, digit, @ or _ is next to the domain text[from:to].
func standsAlone(text string, from, to int) bool {
	before := lastRuneOf(text[:from])
	after := firstRuneOf(text[to:])
	touches := func(r rune) bool {
		return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '@' || r == '_'
	}
	return !touches(before) && !touches(after)
}

func plainWeight(text string) int {
	weight := 0
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if runes := g.Runes(); isEmoji(runes) {
			weight += emojiWeight
		} else {
			for _, r := range runes {
				weight += runeWeight(r)
			}
		}
	}
	return weight
}

func runeWeight(r rune) int {
	for _, light := range lightRanges {
		if r >= light[0] && r <= light[1] {
			return 1
		}
	}
	return defaultWeight
}

// isEmoji reports whether X shows a grapheme as one emoji: a pictograph with its modifiers, a flag, or a keycap.
func isEmoji(runes []rune) bool {
	r := runes[0]
	switch {
	case r >= 0x1f000 && r <= 0x1faff:
		return true
	case len(runes) > 1 && runes[len(runes)-1] == 0x20e3: // keycap
		return true
	case r >= 0x2600 && r <= 0x27bf, r >= 0x2300 && r <= 0x23ff, r >= 0x2b00 && r <= 0x2bff:
		return true
	}
	return len(runes) > 1 && runes[1] == 0xfe0f
}

// fitTweet cuts the title so that text, URL, hashtags and via have a weight of at most 280. If the hashtags leave
// less than 60 for the title, it first removes hashtags from the end.
func fitTweet(p Post) (text string, tags []string) {
	tags = p.Hashtags
	room := tweetRoom(p.Via, tags)
	for len(tags) > 0 && room < 60 && TweetWeight(p.Title) > room {
		tags = tags[:len(tags)-1]
		room = tweetRoom(p.Via, tags)
	}
	return cutTweet(p.Title, room), tags
}

// tweetRoom returns the weight that remains for the text after " url", " #tag" for each tag, and " via @name".
func tweetRoom(via string, tags []string) int {
	room := maxTweet - 1 - urlWeight
	for _, tag := range tags {
		room -= 2 + TweetWeight(tag)
	}
	if via != "" {
		room -= len(" via @") + len(via)
	}
	return room
}

// cutTweet shortens text to a weight of at most room, including the ellipsis. It cuts between words if a word ends
// in the last third, else between graphemes.
func cutTweet(text string, room int) string {
	if TweetWeight(text) <= room {
		return text
	}
	var ends []int
	for g := uniseg.NewGraphemes(text); g.Next(); {
		_, end := g.Positions()
		ends = append(ends, end)
	}
	best := 0
	for lo, hi := 0, len(ends); lo < hi; {
		mid := (lo + hi) / 2
		if TweetWeight(text[:ends[mid]])+defaultWeight <= room {
			best, lo = ends[mid], mid+1
		} else {
			hi = mid
		}
	}
	for best > 0 && TweetWeight(ellipsized(text, best)) > room { // a part of a domain may weigh more than the domain
		best = ends[max(0, indexOf(ends, best)-1)]
		if best == ends[0] {
			return ""
		}
	}
	return ellipsized(text, best)
}

func indexOf(ends []int, end int) int {
	for i, e := range ends {
		if e == end {
			return i
		}
	}
	return 0
}

// ellipsized returns text[:end] with an ellipsis. It cuts after a word if that keeps at least two thirds.
func ellipsized(text string, end int) string {
	if end == 0 {
		return ""
	}
	head := text[:end]
	if space := strings.LastIndexByte(head, ' '); space > end*2/3 && firstRuneOf(text[end:]) != ' ' {
		head = head[:space]
	}
	return clean.Balance(strings.TrimRight(head, " ,;:.-–—·")) + "…"
}

// cutGraphemes shortens text to at most n graphemes, including the ellipsis.
func cutGraphemes(text string, n int) string {
	if graphemes(text) <= n {
		return text
	}
	end, count := 0, 0
	for g := uniseg.NewGraphemes(text); count < n-1 && g.Next(); count++ {
		_, end = g.Positions()
	}
	return ellipsized(text, end)
}

func graphemes(text string) int { return uniseg.GraphemeClusterCount(text) }

func firstRuneOf(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRuneOf(s string) rune {
	r := []rune(s[max(0, len(s)-8):])
	if len(r) == 0 {
		return 0
	}
	return r[len(r)-1]
}
