package photos

import (
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// Format is the fetch.Format of the photos that package photo decodes. Every Fetcher has it.
type Format struct{}

// Sniff implements fetch.Format.
func (Format) Sniff(beginning []byte) (done bool, err error) { return photo.Sniff(beginning) }

// Inspect implements fetch.Format. The Info is a photo.Info.
func (Format) Inspect(body []byte) (fetch.Info, error) { return photo.Inspect(body) }

// infoOf returns the Info of an answer with bytes, from a Fetcher of the Format.
func infoOf(a fetch.Answer) photo.Info { return a.Info.(photo.Info) }
