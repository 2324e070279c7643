package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/sqlite"
)

// database checks the database.
func (d Doctor) database(ctx context.Context) []Finding {
	const check = "database"
	if postgres.IsURL(d.Config.Database) {
		return d.server(ctx)
	}
	path, err := SQLiteFile(d.Config.Database, d.Config.Data)
	if err != nil {
		return one(check, Bad, err.Error(), "mend --database")
	}
	switch n, err := sqlite.Pending(ctx, path); {
	case errors.Is(err, fs.ErrNotExist):
		return one(check, Note, path+" does not exist yet", "the first start of cards serve makes it")
	case err != nil:
		return one(check, Bad, path+": "+err.Error(), "put a backup in its place: cards restore")
	case n > 0:
		return one(check, Note, fmt.Sprintf("%s is of an earlier release; %d migrations are to be done", path, n),
			"make a backup (cards backup); the next start of cards serve does them, or cards migrate")
	}
	return one(check, Good, path+" is of this release", "")
}

// driftNote is a difference of clocks from which embargoes and ends of rights are visibly wrong.
const driftNote = 2 * time.Second

// server checks the server of PostgreSQL, and its clock.
func (d Doctor) server(ctx context.Context) []Finding {
	const check = "database"
	s, err := postgres.Look(ctx, d.Config.Database)
	if err != nil {
		return one(check, Bad, err.Error(), "see that the server runs, that this machine may reach it, and that --database has the right user")
	}
	says := fmt.Sprintf("PostgreSQL %d.%d", s.Version/10_000, s.Version%10_000)
	all := one(check, Good, says+", with the tables of this release", "")
	switch {
	case s.Pending < 0:
		all = one(check, Bad, says+"; its tables are of a later release", "run that release")
	case s.Pending > 0:
		all = one(check, Note, fmt.Sprintf("%s; %d migrations are to be done", says, s.Pending),
			"make a backup (pg_dump); the next start of cards serve does them, or cards migrate")
	}
	return append(all, drift("clock of the database", s.Ahead)...)
}

// drift returns a finding for the difference of a clock to that of this machine.
func drift(check string, ahead time.Duration) []Finding {
	says := fmt.Sprintf("differs from this machine's by %.1f s", ahead.Abs().Seconds())
	if ahead.Abs() < driftNote {
		return one(check, Good, says, "")
	}
	return one(check, Note, says, "set both clocks by NTP: embargoes and ends of rights follow them")
}

// pictures checks the store of pictures.
func (d Doctor) pictures(ctx context.Context) []Finding {
	const check = "pictures"
	if strings.HasPrefix(d.Config.Pictures, "s3://") {
		return d.bucket(ctx)
	}
	dir, err := storagePath(check, d.Config.Pictures, "file", filepath.Join(d.Config.Data, "pictures"))
	if err != nil {
		return one(check, Bad, err.Error(), "mend --pictures")
	}
	switch err := writable(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return one(check, Note, dir+" does not exist yet", "the first start of cards serve makes it")
	case err != nil:
		return one(check, Bad, err.Error(), "give the user of the service the folder")
	}
	return one(check, Good, dir+" can be written", "")
}

// bucket checks whether the bucket answers.
func (d Doctor) bucket(ctx context.Context) []Finding {
	const check = "pictures"
	where, err := s3.Parse(d.Config.Pictures)
	if err != nil {
		return one(check, Bad, err.Error(), "mend --pictures")
	}
	if err := s3.Look(ctx, where); err != nil {
		return one(check, Bad, "the bucket does not answer as it should: "+err.Error(),
			"check endpoint and region in --pictures, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	return one(check, Good, "the bucket answers", "")
}
