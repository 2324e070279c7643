// Package scrim measures the contrast of text with the pixels under it, and how strong a veil of colour must be to
// make the text readable on a photo. It reads pixels and paints none. Package render decides where the scrim
// lies.
package scrim
