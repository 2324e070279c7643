package store

import "time"

// Sums are what a batch adds to the stored sums. Each click is in a sum of five minutes (Bucket), which are kept for a
// few hours, and in those of its hour and day. Sums are not safe for concurrent use.
type Sums struct {
	Recent, Targets map[TargetKey]int64 // of five minutes, and of hours
	Hours, Days     map[StoryKey]Taps
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

// Taps are how often a story was opened and shared.
type Taps struct{ Opened, Shared int64 }

// NewSums returns sums without clicks.
func NewSums() Sums {
	return Sums{
		Recent: map[TargetKey]int64{}, Targets: map[TargetKey]int64{},
		Hours: map[StoryKey]Taps{}, Days: map[StoryKey]Taps{},
	}
}

// Add adds a click.
func (s Sums) Add(c Click) {
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

// BucketOf returns the start of the five minutes (Bucket) that t is in, in Unix seconds.
func BucketOf(t time.Time) int64 { return floor(t.Unix(), Bucket) }

// HourOf returns the start of the hour (LongBucket) that t is in, in Unix seconds.
func HourOf(t time.Time) int64 { return floor(t.Unix(), LongBucket) }

// DayOf returns the start of the day (UTC) that t is in, in Unix seconds.
func DayOf(t time.Time) int64 { return floor(t.Unix(), wholeDay) }

// Midnight returns the first beginning of a day (UTC) that is not before the time; both in Unix seconds.
func Midnight(from int64) int64 { return floor(from+int64(wholeDay/time.Second)-1, wholeDay) }

const wholeDay = 24 * time.Hour

func floor(seconds int64, step time.Duration) int64 {
	n := int64(step / time.Second)
	return seconds / n * n
}
