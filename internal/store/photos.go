package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// Errors of photos and of conditions.
var (
	// ErrPhotoWithdrawn says that a version was not stored because its photo was withdrawn.
	ErrPhotoWithdrawn = fault.New(fault.PhotoGone, "the photo was withdrawn")
	// ErrChanged says that nothing was stored because the article has another revision than its caller has seen.
	ErrChanged = errors.New("changed meanwhile")
)

// NoPhoto is the Record.PhotoID of a version whose photo was withdrawn, and the Article.PortraitID of one whose
// portrait was. Its pictures show no such photo, and its source is not asked for them.
const NoPhoto = "withdrawn"

// Shown returns the article as readers see it: with what the photo's file says where it says nothing, and without its
// photo or its portrait if that was withdrawn.
func (r Record) Shown() article.Article {
	a := r.Article.Filled()
	if r.PhotoID == NoPhoto {
		a.Photo = article.Photo{}
	}
	if a.PortraitID == NoPhoto {
		a.Portrait = article.Photo{}
	}
	return a
}

// Shows reports whether the version shows the photo with the ID, as its photo and as its portrait: by the ID, or
// because the article names it and it was not stored yet when the version was.
func (r Record) Shows(id string) (photo, portrait bool) {
	return cmp.Or(r.PhotoID, r.Article.Photo.URL) == id, cmp.Or(r.Article.PortraitID, r.Article.Portrait.URL) == id
}

// Photos returns the IDs of the stored photos that the version shows.
func (r Record) Photos() (ids []string) {
	for _, id := range []string{r.PhotoID, r.Article.PortraitID} {
		if id != "" && id != NoPhoto {
			ids = append(ids, id)
		}
	}
	return ids
}

// Seen is the state of an article for which a new version was made.
type Seen struct {
	Withdrawals int64 // as Store.Withdrawals returned it
	Revision    int64 // of the article, or Absent; 0: any
}

// Absent is the Seen.Revision of an article that is unknown or withdrawn.
const Absent = -1

// PhotoUses are the versions, current and old, that show a stored photo, also those of withdrawn articles.
type PhotoUses struct {
	Articles     []string // IDs; those with the newest versions first
	Versions     []Record // the newest first
	MoreArticles int      // those that the limit has left out
	MoreVersions int
}

// WithdrawnPhoto is a photo that was withdrawn.
type WithdrawnPhoto struct {
	Seq int64 // increases with each withdrawn photo
	ID  string
}

// Photos stores which photos were withdrawn. It is a part of Store.
type Photos interface {
	// PhotoUses lists the versions that show the photo: at most limit versions and limit articles.
	PhotoUses(ctx context.Context, id string, limit int) (PhotoUses, error)
	// WithdrawPhoto records that the photo was withdrawn. At the same time, each article whose current version shows it
	// gets the version that without returns. without must not use the store; it gets the current version and returns it
	// with NoPhoto for the photo or the portrait, another Version and the warnings of that. Articles that were withdrawn
	// stay as they are. WithdrawPhoto returns the IDs of the changed articles. It may be called again for a photo.
	WithdrawPhoto(ctx context.Context, id string, at time.Time, without func(Record) Record) (changed []string, err error)
	// PhotoWithdrawn reports whether the photo was withdrawn, by any process.
	PhotoWithdrawn(ctx context.Context, id string) (bool, error)
	// WithdrawnPhotos lists the withdrawn photos with a Seq above after, in the order of their Seq.
	WithdrawnPhotos(ctx context.Context, after int64) ([]WithdrawnPhoto, error)
}
