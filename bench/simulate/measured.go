package main

import "time"

// Written by "go run ./bench/simulate -write units": 2026-11-30 00:50 UTC, commit 0ed3cf9-dirty, AMD EPYC with 2 cores, load before the run 14.59, Go 1.26.8.

// yardstickTime is the processor time of one yardstick on the machine of the constants, while nobody else uses it. On a
// machine whose yardstick takes twice as long, all costs are expected to be twice as high.
const yardstickTime = 6674 * time.Microsecond

// costs are what a request takes, measured for each kind by itself, 8 requests at a time, with photos of 2400x1600
// pixels, with all that happens later because of it.
var costs = [setups][kinds]cost{
	alone: {
		upload:  {17364 * time.Microsecond, 0, 0},
		put:     {71362 * time.Microsecond, 0, 0},
		draw:    {9860 * time.Microsecond, 0, 0},
		picture: {614 * time.Microsecond, 0, 0},
		tap:     {501 * time.Microsecond, 0, 0},
		crawl:   {273 * time.Microsecond, 0, 0},
		top:     {70 * time.Microsecond, 0, 0},
	},
	shared: {
		upload:  {27083 * time.Microsecond, 2492 * time.Microsecond, 8972 * time.Microsecond},
		put:     {104629 * time.Microsecond, 11913 * time.Microsecond, 27106 * time.Microsecond},
		draw:    {14157 * time.Microsecond, 466 * time.Microsecond, 1441 * time.Microsecond},
		picture: {1671 * time.Microsecond, 126 * time.Microsecond, 195 * time.Microsecond},
		tap:     {932 * time.Microsecond, 847 * time.Microsecond, 2 * time.Microsecond},
		crawl:   {303 * time.Microsecond, 160 * time.Microsecond, 0},
		top:     {107 * time.Microsecond, 19 * time.Microsecond, 2 * time.Microsecond},
	},
}

// idle is what the processes of a setup take each second when nobody asks for anything.
var idle = [setups]cost{
	alone:  {11448 * time.Microsecond, 0, 0},
	shared: {15621 * time.Microsecond, 2466 * time.Microsecond, 0},
}

// rowBytes are the bytes of a row of each table in PostgreSQL with its indexes, in tables of a hundred thousand rows.
var rowBytes = map[string]float64{
	"articles":     642,
	"versions":     676,
	"story_1h":     116,
	"story_1d":     116,
	"target_1h":    144,
	"clicks":       182,
	"uncounted_1h": 144,
	"seen":         105,
	"networks":     398,
}

// Mean bytes of a stored photo and of a card.
const (
	photoBytes = 1440563
	cardBytes  = 207459
)
