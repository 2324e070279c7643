package main

import "time"

// needs are what the model says that requests take.
type needs struct{ service, database, objects time.Duration }

// predict returns the processor time of requests within a time, on a machine whose yardstick takes so many times the
// usual time.
func predict(s setup, n [kinds]float64, within time.Duration, slower float64) (sum needs) {
	times := func(d time.Duration, n float64) time.Duration { return time.Duration(float64(d) * n * slower) }
	add := func(c cost, count float64) {
		sum.service += times(c.service, count)
		sum.database += times(c.database, count)
		sum.objects += times(c.objects, count)
	}
	for k, count := range n {
		add(costs[s][k], count)
	}
	add(idle[s], within.Seconds())
	return sum
}

// touched are how many different things are stored.
type touched struct {
	stories, versions          int // registered
	storyHours, storyDays      int // a story and an hour, or a day, in which it was tapped
	targetHours, targetMinutes int // a story, a target, and an hour or five minutes
	refusedHours               int // a story and an hour in which a crawler came
	readers                    int // who tapped lately, on a story and target
	networkHours               int // a story and an hour, for taps and for shares each
}

// rows returns the rows of each table.
func (t touched) rows() map[string]float64 {
	return map[string]float64{
		"articles": float64(t.stories), "versions": float64(t.versions), "story_1h": float64(t.storyHours),
		"story_1d": float64(t.storyDays), "target_1h": float64(t.targetHours), "clicks": float64(t.targetMinutes),
		"uncounted_1h": float64(t.refusedHours), "seen": float64(t.readers), "networks": float64(t.networkHours),
	}
}

// daysKept is how long the sums of clicks stay; store.ClickLife.
const daysKept = 31

// year returns the rows after a year of such days: of all its stories, and of the clicks of a month.
func (t traffic) year() map[string]float64 {
	const days = 365
	stories, taps := t.stories*days, t.views*t.taps/t.stories // of a story
	hours := min(hoursOfStory, taps)                          // not every story is tapped that often
	kept := t.stories * daysKept
	return map[string]float64{
		"articles": stories, "versions": stories * t.versions,
		"story_1h": kept * hours, "story_1d": kept * min(hours, 4),
		"target_1h":    kept * min(hours*(1+t.targets/3), taps),
		"uncounted_1h": kept * min(hoursOfStory, t.versions*t.crawls),
		"clicks":       2 * 12 * min(t.stories*(1+t.targets/3), t.views*t.taps/24/12), // of two hours
		"seen":         t.views * t.taps * peak / 24 / 12,                             // of five minutes
		"networks":     2 * t.stories,                                                 // of this hour
	}
}

// bytesOf returns the bytes of rows.
func bytesOf(rows map[string]float64) (sum float64) {
	for name, n := range rows {
		sum += n * rowBytes[name]
	}
	return sum
}

// Assumed prices in US dollars, of 2026, without discounts: not those of any provider, to be replaced by your own.
const (
	pricesOf       = 2026
	coreMonth      = 30.0  // of a machine, with 4 GB of memory for each core
	databaseMonth  = 75.0  // of one core of a database that somebody runs for you, with its standby
	diskMonth      = 0.15  // of a GB of the database
	objectMonth    = 0.023 // of a GB in the bucket
	objectRequests = 0.40  // of a million reads of the bucket
	cdnGB          = 0.015 // of a GB that the CDN sends, at such volumes
	daysOfMonth    = 30.4
	gigabyte       = 1e9
)

// namedSizes are drawn for each version; card.Sizes.
const namedSizes = 6

// plan is what a newsroom needs.
type plan struct {
	t                      traffic
	requests               [kinds]float64
	perSecond, tapsASecond float64 // in the busiest minute
	cores, databaseCores   float64 // so that half of them is used in the busiest minute
	replicas               int
	rows, databaseGB       float64 // after a year
	bucketGB               float64 // photos of a year, and cards of 30 days
	cdnTB                  float64 // in a month
	machines, database     float64 // dollars in a month
	bucket, cdn            float64
}

// planFor returns the plan of a day, with PostgreSQL and S3.
func planFor(t traffic) plan {
	p := plan{t: t, requests: t.requests()}
	used := predict(shared, p.requests, 0, 1)
	for _, n := range p.requests {
		p.perSecond += n * peak / secondsOfDay
	}
	p.tapsASecond = p.requests[tap] * peak / secondsOfDay
	p.cores = used.service.Seconds() * peak / secondsOfDay / half
	p.databaseCores = used.database.Seconds() * peak / secondsOfDay / half
	p.replicas = max(2, int(p.cores/2)+1) // of two cores each, one of which may be lost
	rows := t.year()
	for _, n := range rows {
		p.rows += n
	}
	p.databaseGB = bytesOf(rows) / gigabyte
	cards := t.stories * t.versions * (namedSizes + 1)
	p.bucketGB = (t.stories*365*photoBytes + cards*30*cardBytes) / gigabyte
	p.cdnTB = t.views * cardBytes * daysOfMonth / gigabyte / 1000
	p.machines = float64(p.replicas) * 2 * coreMonth
	p.database = max(1, p.databaseCores)*databaseMonth + p.databaseGB*diskMonth
	p.bucket = p.bucketGB*objectMonth + (p.requests[draw]+p.requests[picture])*daysOfMonth/1e6*objectRequests
	p.cdn = p.cdnTB * 1000 * cdnGB
	return p
}

func (p plan) money() float64 { return p.machines + p.database + p.bucket + p.cdn }
