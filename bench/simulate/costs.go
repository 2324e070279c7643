package main

import "time"

// The constants of the model are in measured.go, which `simulate -write units` writes.

// kind is a kind of request that reaches the service.
type kind int

const (
	upload  kind = iota // a photo, POST /v1/photos
	put                 // a version of a story with a photo: PUT, after which its six named sizes are drawn
	draw                // a picture in a size of its own, which nobody has asked for yet
	picture             // a picture that was drawn before
	tap                 // a reader on a short link, counted
	crawl               // a crawler on a short link, which gets a page of tags
	top                 // the Top 10
	kinds
)

func (k kind) String() string {
	return [kinds]string{"photo uploaded", "version stored (PUT), six sizes drawn", "another size drawn",
		"picture served again", "tap on a short link", "crawler on a short link", "Top 10"}[k]
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

// mostMemory is what one process may take, in bytes: docs/budgets.md.
const mostMemory = 440 << 20

// bound is how far a measurement may be from the model.
const bound = 0.25
