package photos

import (
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// Format is the fetch.Format for the photos that package photo decodes. Every Fetcher must use it.
type Format struct{}

// Sniff implements fetch.Format.
func (Format) Sniff(beginning []byte) (done bool, err error) { return photo.Sniff(beginning) }

// Inspect implements fetch.Format. The Info is a photo.Info.
func (Format) Inspect(body []byte) (fetch.Info, error) { return photo.Inspect(body) }

// infoOf returns the photo.Info of an answer that has data and comes from a Fetcher with Format.
func infoOf(a fetch.Answer) photo.Info { return a.Info.(photo.Info) }
