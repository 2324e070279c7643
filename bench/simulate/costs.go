package main

import "time"

// kind is a kind of request that reaches the service.
type kind int

const (
	upload  kind = iota // a photo, POST /v1/photos
	put                 // a version of a story with a photo: PUT, which draws the first size
	draw                // a picture in a size that nobody has asked for yet
	picture             // a picture that was drawn before
	tap                 // a reader on a short link, counted
	crawl               // a crawler on a short link, which gets a page of tags
	top                 // the Top 10
	kinds
)

func (k kind) String() string {
	return [kinds]string{"photo uploaded", "version stored (PUT), one size drawn", "further size drawn", "picture served again",
		"tap on a short link", "crawler on a short link", "Top 10"}[k]
}

// setup is what a newsroom runs.
type setup int

const (
	alone  setup = iota // one process, with a file and a folder
	shared              // replicas, with PostgreSQL and S3
	setups
)

func (s setup) String() string {
	return [setups]string{"one process, SQLite and a folder", "two replicas, PostgreSQL and S3"}[s]
}

// cost is the processor time of one request: in the service, in PostgreSQL and in the S3 server.
type cost struct{ service, database, objects time.Duration }

// yardstickTime is the processor time of one yardstick on the machine on which costs were measured. On a machine whose
// yardstick takes twice as long, all costs are expected to be twice as high.
const yardstickTime = 8 * time.Millisecond

// costs are what the model knows of processor time: measured by `simulate units`, each kind by itself, 8 requests at a
// time, photos of 2400x1600 pixels.
var costs = [setups][kinds]cost{}

// rowBytes are the bytes of a row of each table in PostgreSQL with its indexes, measured by `simulate units` on tables
// of a hundred thousand rows or more.
var rowBytes = map[string]float64{}

// Bytes of files and objects, measured by the same: of a photo with 1.4 MB and of a card, by median of what a day stores.
const (
	photoBytes = 1_440_000.0
	cardBytes  = 100_000.0
)

// mostMemory is what one process may take, in bytes: docs/budgets.md.
const mostMemory = 440 << 20

// bound is how far a measurement may be from the model.
const bound = 0.25
