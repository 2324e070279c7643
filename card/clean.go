package card

import "newsroom.example/cards/internal/clean"

// CleanLine makes text from outside safe to set on one paragraph: valid, NFC, without
// invisible characters that reorder or hide what is read, white space folded to single
// spaces. It fails on invalid UTF-8 and on control characters other than tab and newline.
// Every surface shows the cleaned text, so picture, tags and links agree. HTML stays: Normalize decodes it.
func CleanLine(s string) (string, error) { return clean.Plain(s) }
