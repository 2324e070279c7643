package main

import (
	"math"
	"math/rand/v2"
)

// traffic is what happens in a day.
type traffic struct {
	views    float64 // of cards, in feeds and chats
	stories  float64 // that are published
	edges    float64 // of the CDN, each with a cache of its own
	versions float64 // of a story
	sizes    float64 // of a version that anybody asks for
	taps     float64 // for each view, on short links, shares among them
	shares   float64 // part of the taps that open a share target
	crawls   float64 // of crawlers on short links, for each version
	targets  float64 // that the shares of one story are to
}

// The assumptions of the plan, and of the simulated day. They are guesses about a newsroom, to be replaced by your own.
const (
	versionsOfStory = 2.5
	sizesOfVersion  = 3 // two named ones, and one of its own
	tapsOfView      = 0.01
	sharesOfTaps    = 0.1
	crawlsOfVersion = 12
	targetsOfStory  = 6
	peak            = 4.0  // the busiest minute, in times of the mean of the day
	hoursOfStory    = 30.0 // in which somebody taps on a story, in all its life
	half            = 0.5  // of its cores a service may use in the busiest minute
)

// day returns a day with so many views.
func day(views, stories, edges float64) traffic {
	return traffic{views: views, stories: stories, edges: edges, versions: versionsOfStory, sizes: sizesOfVersion,
		taps: tapsOfView, shares: sharesOfTaps, crawls: crawlsOfVersion, targets: targetsOfStory}
}

// zipf is the exponent of how views are spread over stories, the most read first.
const zipf = 1.05

// weights returns the parts of n stories of all views.
func weights(n int) []float64 {
	all, sum := make([]float64, n), 0.0
	for i := range all {
		all[i] = 1 / math.Pow(float64(i+1), zipf)
		sum += all[i]
	}
	for i := range all {
		all[i] /= sum
	}
	return all
}

// requests are how many of each kind reach the service in a day.
func (t traffic) requests() (n [kinds]float64) {
	n[upload] = t.stories
	n[put] = t.stories * t.versions
	n[draw] = n[put]
	n[tap] = t.views * t.taps
	n[crawl] = n[put] * t.crawls
	n[top] = min(n[tap], t.edges*secondsOfDay/topSeconds)
	n[picture] = t.fetches() - n[draw]
	return n
}

const (
	secondsOfDay = 86_400
	topSeconds   = 5 // Cache-Control of the Top 10
)

// fetches returns how often any edge asks for a picture: once for each picture that is seen there. With v views spread
// evenly over the edges, an edge sees none of them with the probability (1-1/edges)^v.
func (t traffic) fetches() (n float64) {
	for _, part := range weights(int(t.stories)) {
		ofPicture := t.views * part / (t.versions * t.sizes)
		seen := t.edges * (1 - math.Pow(1-1/t.edges, ofPicture))
		n += t.versions * t.sizes * max(seen, 1/t.sizes) // the crawlers' size is fetched anyway
	}
	return max(n, t.stories*t.versions*t.sizes)
}

// hit returns the part of the views that the CDN answers by itself.
func (t traffic) hit() float64 { return 1 - t.fetches()/t.views }

// picker picks stories by their weights.
type picker struct {
	sums []float64
	from *rand.Rand
}

func newPicker(n int, from *rand.Rand) picker {
	p := picker{sums: weights(n), from: from}
	for i := 1; i < n; i++ {
		p.sums[i] += p.sums[i-1]
	}
	return p
}

// pick returns a story.
func (p picker) pick() int {
	x := p.from.Float64()
	low, high := 0, len(p.sums)-1
	for low < high {
		if middle := (low + high) / 2; p.sums[middle] < x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
