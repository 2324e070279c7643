package main

import (
	"slices"
	"time"
)

// slowest returns the longest time of the requests of a kind that were sent from a time on, until another.
func (l *load) slowest(what string, from, to time.Time) (most time.Duration) {
	for _, a := range l.times[what] {
		if !a.sent.Before(from) && a.sent.Before(to) {
			most = max(most, a.took)
		}
	}
	return most
}

// percentile returns the time within which so many of a hundred requests of a kind were answered.
func (l *load) percentile(what string, of int) time.Duration {
	var all []time.Duration
	for _, a := range l.times[what] {
		all = append(all, a.took)
	}
	return percentileOf(all, of)
}

// percentileOf returns the time that so many of a hundred times do not exceed.
func percentileOf(all []time.Duration, of int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)*of/100]
}
