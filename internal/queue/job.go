// Package queue keeps jobs in the database until they are done: work that must happen later and survive a restart. A
// job is inserted in the transaction that stores what it is about, so that neither can be without the other. Any
// process on the database does it, at least once, and another one again if that process dies.
//
// The queue itself is River (github.com/riverqueue/river), which no other package imports.
package queue

import "time"

// Kind is a kind of jobs.
type Kind struct {
	Name string // of a-z and _
	// Spare is for work that nobody waits for: such jobs are done one at a time, after all others.
	Spare bool
	// Pauses are the times until the next attempt, after each one that failed. After the last of them the job is
	// given up.
	Pauses []time.Duration
}

// Job is work that is to be done once. Two jobs that are equal are one job, as long as it is not finished.
type Job struct {
	Kind    Kind
	Article string    // ID; empty: it is about no article
	Version string    // of the article; empty: whichever is current then
	Until   time.Time // a moment that the job is about, in whole seconds; zero: none
	At      time.Time // when it is done, or soon afterwards; zero: now. It does not make two jobs different
}

// args is what is stored of a Job: what tells which one it is, without anything that is secret or long.
type args struct {
	kind    string
	Article string `json:"article,omitempty"`
	Version string `json:"version,omitempty"`
	Until   int64  `json:"until,omitempty"` // Unix seconds
}

// Kind implements river.JobArgs.
func (a args) Kind() string { return a.kind }

// args returns what is stored of the job.
func (j Job) args() args {
	a := args{kind: j.Kind.Name, Article: j.Article, Version: j.Version}
	if !j.Until.IsZero() {
		a.Until = j.Until.Unix()
	}
	return a
}

// job returns the job of a kind that was stored.
func (a args) job(k Kind) Job {
	j := Job{Kind: k, Article: a.Article, Version: a.Version}
	if a.Until != 0 {
		j.Until = time.Unix(a.Until, 0).UTC()
	}
	return j
}
