package s3

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/minio/minio-go/v7"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/lazyregexp"
)

// errTaken says that an object that must be new is there already, or is being stored by another.
var errTaken = errors.New("object exists")

// errLarge says that an object is larger than anything that is stored here.
var errLarge = errors.New("object is too large")

// isAnswer reports whether an error is what a store answers that works.
func isAnswer(err error) bool {
	return errors.Is(err, blob.ErrNotFound) || errors.Is(err, errTaken) || errors.Is(err, errLarge)
}

// answered turns an error of the client into one of this package. Those that it does not know stay.
func answered(err error) error {
	switch minio.ToErrorResponse(err).Code {
	case minio.NoSuchKey:
		return blob.ErrNotFound
	case minio.PreconditionFailed, "ConditionalRequestConflict":
		return errTaken
	}
	return err
}

// codeForm is the form of a store's error codes. Its messages are not repeated: they may quote the request.
var codeForm = lazyregexp.New(`^[A-Za-z0-9]{1,64}$`)

// reason returns what can be logged of an error: no address with a query, no text of the store.
func reason(err error) string {
	if answer, ok := errors.AsType[minio.ErrorResponse](err); ok {
		if codeForm().MatchString(answer.Code) {
			return fmt.Sprintf("the store answers %s (%d)", answer.Code, answer.StatusCode)
		}
		return fmt.Sprintf("the store answers %d", answer.StatusCode)
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	return err.Error()
}

// failed says what could not be done, as an error of kind. The error of a context, and an answer, stay what they are.
func (b *Bucket) failed(kind error, doing, key string, err error) error {
	switch {
	case err == nil, errors.Is(err, blob.ErrNotFound), errors.Is(err, errTaken), isContext(err):
		return err
	}
	return fmt.Errorf("%s %s in bucket %s: %w: %s", doing, key, b.name, kind, reason(err))
}
