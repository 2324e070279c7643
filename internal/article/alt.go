package article

import (
	"cmp"
	"strings"

	"github.com/rivo/uniseg"

	"newsroom.example/cards/internal/clean"
)

// photoLabels has the word for "photo" that precedes its description, by language.
var photoLabels = map[string]string{
	"ar": "صورة", "de": "Foto", "en": "Photo", "es": "Foto", "fr": "Photo",
	"ja": "写真", "ko": "사진", "pt": "Foto", "ru": "Фото", "zh": "图片",
}

// Alt returns the alt text of the card, for people who cannot see it: the headline, then the description and credit of
// the photo, then that of the portrait. It has at most MaxAlt code points, and is cut between words.
func (a Article) Alt() string { return cut(a.statements(), MaxAlt) }

// statements returns the statements of the alt text.
func (a Article) statements() string {
	all := join(a.Headline, a.shown())
	if a.Portrait.URL == "" || a.Portrait.Alt == "" {
		return all
	}
	return join(all, a.photoLabel()+": "+a.Portrait.Alt)
}

// shown returns what the photo shows, or the caption of a story without one.
func (a Article) shown() string {
	shows := a.Photo.Alt
	if shows == "" {
		shows = a.Caption
	}
	if a.Photo.URL == "" {
		return shows
	}
	if a.Credit != "" {
		shows = strings.TrimSpace(shows + " (" + a.Credit + ")")
	}
	if shows == "" {
		return ""
	}
	return a.photoLabel() + ": " + shows
}

// photoLabel returns the word for "photo" in the article's language.
func (a Article) photoLabel() string {
	return cmp.Or(photoLabels[a.language()], photoLabels["en"])
}

// join joins two statements, with a full stop unless the first ends in punctuation.
func join(first, second string) string {
	switch {
	case second == "":
		return first
	case strings.HasSuffix(first, ".") || strings.ContainsAny(lastRune(first), "?!…。？！”’\"'"):
		return first + " " + second
	}
	return first + ". " + second
}

func lastRune(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return string(r[len(r)-1:])
}

// cut shortens s to at most n code points, including the ellipsis. It cuts between words if a word ends in the last
// third, else between graphemes (Unicode Standard Annex #29).
func cut(s string, n int) string {
	if len([]rune(s)) <= n {
		return s
	}
	kept, runes := 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if runes += len(g.Runes()); runes > n-1 {
			break
		}
		_, kept = g.Positions()
	}
	head := s[:kept]
	if space := strings.LastIndexByte(head, ' '); space > kept*2/3 {
		head = head[:space]
	}
	return clean.Balance(strings.TrimRight(head, " ,;:.-–—·")) + "…"
}
