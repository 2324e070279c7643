package main

import (
	"fmt"

	"newsroom.example/cards/bench/internal/sample"
)

// The names of the entrants on the page.
const (
	us       = "cards"
	skia     = "Skia (@napi-rs/canvas)"
	vips     = "libvips (sharp)"
	takumi   = "takumi"
	satori   = "satori + resvg"
	vercel   = "@vercel/og"
	chromium = "Chromium"
	turbo    = "libjpeg-turbo alone"
	turboCut = "libjpeg-turbo alone, rows of the crop"
	bareEcho = "bare Echo handler"
)

var tools = map[string]string{skia: "canvas", vips: "sharp", takumi: "takumi", satori: "satori", vercel: "og",
	chromium: "chromium"}

// requests is the number of concurrent requests to the service when both cores are measured: two are being drawn, and
// two wait.
const requests = 4

func rateOf(t turn) float64 { return t.Rate }
func timeOf(t turn) float64 { return t.P50 }

// works returns all work that is measured in turns, with the seconds and rounds of the full run.
func (b *bench) works() []work {
	photo := func(name string) job { return job{photo: b.photos.photos[name], warm: 1, seconds: 3} }
	fast := []string{skia, vips, takumi}
	slow := []string{satori, vercel, chromium}
	all := []work{
		{name: "photo card, 2400x1600, both cores", unit: "cards/s", value: rateOf, better: more, job: photo("E"), rounds: 4,
			brief:    true,
			entrants: b.field(fast, slow, byURL, uploaded, kept),
			goal:     goal{words: "at least 2.2 times Skia", against: []string{skia}, limit: 2.2}},
		{name: "story with a photo, registered, both cores", unit: "stories/s", value: rateOf, better: more, job: photo("E"),
			rounds: 3, entrants: append(b.own(requests, registered),
				entrant{name: skia, modes: b.modes(tools[skia])}),
			goal: goal{words: "at least 3 times the drawing alone by Skia", against: []string{skia}, limit: 3}},
		{name: "photo card, 6000x4000, both cores", unit: "cards/s", value: rateOf, better: more, job: photo("E6"), rounds: 3,
			brief:    true,
			entrants: b.field([]string{skia, vips}, nil, byURL, kept),
			goal: goal{words: "at least 1.5 times the better of Skia and libvips", against: []string{skia, vips},
				limit: 1.5}},
		{name: "soft photo card, 2400x1600, both cores", unit: "cards/s", value: rateOf, better: more,
			job: photo("S"), rounds: 3,
			entrants: b.field(fast, nil, byURL)},
		{name: "text card, PNG, both cores", unit: "cards/s", value: rateOf, better: more, job: job{warm: 1, seconds: 2},
			rounds: 4, brief: true,
			entrants: b.field(fast, slow, byURL),
			goal:     goal{words: "at least 4 times takumi", against: []string{takumi}, limit: 4}},
		{name: "photo card, 2400x1600, one at a time, median", unit: "ms", value: timeOf, better: less,
			job: job{photo: photo("E").photo, warm: 1, seconds: 2}, rounds: 4, brief: true,
			entrants: b.stream(),
			goal:     goal{words: "at most 1.2 times libjpeg-turbo alone", against: []string{turbo}, limit: 1.2, atMost: true}},
	}
	all = append(all, b.formatWorks()...)
	taps := b.linkWorks()
	return append(all,
		b.wireWork("cached picture of an article", false),
		b.wireWork("the same, 304 Not Modified", true),
		taps[0], taps[1],
		b.coldWork())
}

// formatWorks are those with photos of other formats than baseline JPEG: one card at a time, and for progressive JPEG
// on both cores too.
func (b *bench) formatWorks() (all []work) {
	rivals := []string{skia, vips}
	for _, f := range sample.Formats {
		j := job{photo: b.photos.photos[f.Name], warm: 0.7, seconds: 2}
		limit := map[string]float64{"image/jpeg": 2, "image/png": 1.5, "image/webp": 1.2}[f.Type]
		w := work{name: "photo card from " + f.Name + ", one at a time, median", unit: "ms", value: timeOf, better: less,
			job: j, rounds: 3, goal: goal{words: fmt.Sprintf("at most 1/%g of the better of Skia and libvips", limit), against: rivals,
				limit: 1 / limit, atMost: true}}
		w.entrants = b.own(1, byURL)
		for _, name := range rivals {
			w.entrants = append(w.entrants, entrant{name: name, modes: []mode{{contender: peer{b, tools[name], 1, 1}}}})
		}
		all = append(all, w)
		if f.Type == "image/jpeg" {
			all = append(all, work{name: "photo card from " + f.Name + ", both cores", unit: "cards/s", value: rateOf,
				better: more, job: j, rounds: 3, entrants: b.field(rivals, nil, byURL),
				goal: goal{words: fmt.Sprintf("at least %g times the better of Skia and libvips", limit), against: rivals,
					limit: limit}})
		}
	}
	return all
}

// fewRounds is the number of rounds for entrants that no goal compares with.
const fewRounds = 2

// field returns the entrants of a work: the service with each way of getting the photo, then the other tools. The slow
// tools have few rounds.
func (b *bench) field(fast, slow []string, ways ...way) []entrant {
	all := b.own(requests, ways...)
	for i := range all[1:] {
		all[1+i].rounds = fewRounds
	}
	for _, name := range fast {
		all = append(all, entrant{name: name, modes: b.modes(tools[name])})
	}
	for _, name := range slow {
		if b.short && len(ways) > 1 { // their photo cards are too slow for the short run
			break
		}
		all = append(all, entrant{name: name, modes: b.modes(tools[name]), rounds: fewRounds})
	}
	return all
}

// wayNames are the names of the service's entrants after the first, by the way of getting the photo.
var wayNames = map[way]string{byURL: "cards, photo by URL", uploaded: "cards, uploaded and rendered",
	kept: "cards, uploaded in advance", registered: "cards, registered"}

func (b *bench) own(lanes int, ways ...way) []entrant {
	var all []entrant
	for i, w := range ways {
		name := wayNames[w]
		if i == 0 {
			name = us
		}
		all = append(all, entrant{name: name, modes: []mode{{contender: ours{b: b, way: w, lanes: lanes}}}})
		if b.short {
			break
		}
	}
	return all
}

// modes returns the modes in which a tool can use both cores. The short run uses only the first.
func (b *bench) modes(tool string) []mode {
	all := []mode{
		{"two processes", peer{b, tool, 2, 1}},
		{"one process, two renders", peer{b, tool, 1, 2}},
	}
	if b.short {
		return all[:1]
	}
	return all
}

// stream returns the entrants of the work that draws one card at a time.
func (b *bench) stream() []entrant {
	all := b.own(1, byURL, kept)
	all = append(all,
		entrant{name: turbo, modes: []mode{{contender: floor{b: b}}}},
		entrant{name: turboCut, modes: []mode{{contender: floor{b: b, rows: "rows"}}}})
	for _, name := range []string{skia, vips} {
		all = append(all, entrant{name: name, modes: []mode{{contender: peer{b, tools[name], 1, 1}}}})
	}
	return all
}
