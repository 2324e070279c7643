package tables

import (
	"time"

	"newsroom.example/cards/internal/store"
)

// Sums are what a batch adds to the stored sums. Each click is in a sum of five minutes (store.Bucket), which are kept
// for a few hours, and in those of its hour and day. Sums are not safe for concurrent use.
type Sums struct {
	Recent, Targets map[TargetKey]int64 // of five minutes, and of hours
	Hours, Days     map[StoryKey]Taps
	Uncounted       map[ReasonKey]int64 // of hours
}

// TargetKey identifies a sum of a story and a share target.
type TargetKey struct {
	Bucket     int64
	ID, Target string
}

// StoryKey identifies the sums of a story.
type StoryKey struct {
	Bucket int64
	ID     string
}

// ReasonKey identifies a sum of uncounted requests to the links of a story.
type ReasonKey struct {
	Bucket int64
	ID     string
	Reason store.Reason
}

// Taps are how often a story was opened and shared.
type Taps struct{ Opened, Shared int64 }

// NewSums returns sums without clicks.
func NewSums() Sums {
	return Sums{
		Recent: map[TargetKey]int64{}, Targets: map[TargetKey]int64{},
		Hours: map[StoryKey]Taps{}, Days: map[StoryKey]Taps{}, Uncounted: map[ReasonKey]int64{},
	}
}

// Add adds a click.
func (s Sums) Add(c store.Click) {
	one := Taps{Opened: 1}
	if c.Target != "" {
		one = Taps{Shared: 1}
	}
	s.Recent[TargetKey{BucketOf(c.At), c.ArticleID, c.Target}]++
	s.Targets[TargetKey{HourOf(c.At), c.ArticleID, c.Target}]++
	for _, part := range []struct {
		sums map[StoryKey]Taps
		key  StoryKey
	}{{s.Hours, StoryKey{HourOf(c.At), c.ArticleID}}, {s.Days, StoryKey{DayOf(c.At), c.ArticleID}}} {
		old := part.sums[part.key]
		part.sums[part.key] = Taps{old.Opened + one.Opened, old.Shared + one.Shared}
	}
}

// Refuse adds a request that is not counted.
func (s Sums) Refuse(c store.Click, why store.Reason) {
	s.Uncounted[ReasonKey{HourOf(c.At), c.ArticleID, why}]++
}

// NetworksKey identifies the networks of a story in an hour.
type NetworksKey struct {
	Hour   int64 // Unix seconds of its beginning
	ID     string
	Shared bool // of those who shared it, not of those who opened it
}

// NetworksKeyOf returns the key of the networks that limit a click.
func NetworksKeyOf(c store.Click) NetworksKey {
	return NetworksKey{store.WindowOf(c.At).Unix(), c.ArticleID, c.Target != ""}
}

// Networks are the counted clicks of networks.
type Networks struct {
	store.NetworkCounts

	Changed bool // since they were read
}

// BucketOf returns the start of the five minutes (store.Bucket) that t is in, in Unix seconds.
func BucketOf(t time.Time) int64 { return floor(t.Unix(), store.Bucket) }

// HourOf returns the start of the hour (store.LongBucket) that t is in, in Unix seconds.
func HourOf(t time.Time) int64 { return floor(t.Unix(), store.LongBucket) }

// DayOf returns the start of the day (UTC) that t is in, in Unix seconds.
func DayOf(t time.Time) int64 { return floor(t.Unix(), wholeDay) }

// Midnight returns the first beginning of a day (UTC) that is not before the time; both in Unix seconds.
func Midnight(from int64) int64 { return floor(from+int64(wholeDay/time.Second)-1, wholeDay) }

const wholeDay = 24 * time.Hour

func floor(seconds int64, step time.Duration) int64 {
	n := int64(step / time.Second)
	return seconds / n * n
}
