// Package scrim measures the contrast of text to the pixels under it, and how strong a veil of
// colour must be for the text to be readable on a photo. It reads pixels and paints none. Where the
// scrim lies is decided in package render.
package scrim
