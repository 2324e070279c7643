package articles

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// Limits of batches. A body is held as an upload is. What is decoded and stored of it takes several times its bytes, so
// only maxBatches are held.
const (
	maxBatch         = 2 << 20 // bytes of the body
	maxBatchArticles = 100
	maxBatches       = 2 // at a time
	// maxWorking is the number of articles that all batches put at a time. It is half of what the fetcher asks one
	// host for at a time, so that pictures that readers wait for are fetched beside them.
	maxWorking = 4
)

var (
	// errBatches reports that too many batches are being put.
	errBatches = fault.Public(fault.Overloaded, "too many batches",
		"two batches are being stored already; send one after the other")
	// errNotReached is the result of an article for which no time was left.
	errNotReached = fault.Public(fault.Overloaded, "batch: no time left",
		"the batch ran out of time before this article was stored; send it again in another batch")
)

// entry is an article of a batch.
type entry struct {
	in     api.BatchArticle
	err    error // why it is not put
	result stories.Result
}

// Batch registers or changes several articles. Each has a result of its own.
func (h *Handlers) Batch(c echo.Context) error {
	o, err := queryOptions(c, "dry_run", "strict", "force")
	if err != nil {
		return err
	}
	for _, name := range []string{"If-Match", "If-None-Match"} {
		if c.Request().Header.Get(name) != "" {
			return fault.InField(name, "is not taken by a batch: it is about one article")
		}
	}
	o.Background = true
	return h.receive(c, maxBatch, func(ctx context.Context, data []byte) error {
		select {
		case h.batches <- struct{}{}:
			defer func() { <-h.batches }()
		case <-time.After(uploadWait):
			return errBatches
		case <-ctx.Done():
			return ctx.Err()
		}
		all, err := entries(data)
		if err != nil {
			return err
		}
		h.putAll(journal.Doing(ctx, journal.Batch), all, o)
		return h.answerBatch(c, all, o)
	})
}

// entries decodes a batch. What is wrong with one article is the err of its entry.
func entries(data []byte) ([]entry, error) {
	var in struct {
		Articles []json.RawMessage `json:"articles"`
	}
	if err := request.Decode(data, &in); err != nil {
		return nil, err
	}
	switch n := len(in.Articles); {
	case in.Articles == nil:
		return nil, fault.InField("articles", "is required")
	case n > maxBatchArticles:
		return nil, fault.InField("articles", fmt.Sprintf("has %d entries; at most %d are taken", n, maxBatchArticles))
	}
	all, first := make([]entry, len(in.Articles)), map[string]int{}
	for i, raw := range in.Articles {
		all[i] = decoded(raw)
		id := all[i].in.Id
		if at, twice := first[id]; twice && id != "" {
			problem := fmt.Sprintf("is that of articles[%d] too; each article may come once", at)
			all[i].err = errors.Join(all[i].err, fault.InField("id", problem))
		} else {
			first[id] = i
		}
	}
	return all, nil
}

// decoded decodes an article of a batch.
func decoded(raw json.RawMessage) (e entry) {
	if len(raw) > request.MaxJSON {
		e.err = &fault.Error{Kind: fault.TooLarge,
			Message: fmt.Sprintf("the article is larger than %d bytes", request.MaxJSON)}
		return e
	}
	if e.err = request.Decode(raw, &e.in); e.err != nil {
		e.err = withOtherFaults(e.err, e.in.Id, fieldsOf(e.in))
	}
	return e
}

// putAll puts the articles that have no err until ctx is done. Those with one URL are put one after the other, so that
// the later ones are warned of it; all others in any order.
func (h *Handlers) putAll(ctx context.Context, all []entry, o stories.PutOptions) {
	var working sync.WaitGroup
	defer working.Wait()
	put := map[string]chan struct{}{} // by URL: closed when the last article before is put
	for i := range all {
		e := &all[i]
		if e.err != nil {
			continue
		}
		select {
		case h.working <- struct{}{}:
		case <-ctx.Done():
			e.err = errNotReached
			continue
		}
		before, done := put[e.in.Url], make(chan struct{})
		put[e.in.Url] = done
		working.Go(func() {
			defer func() { close(done); <-h.working }()
			if before != nil {
				<-before
			}
			h.putEntry(ctx, e, o)
		})
	}
}

// putEntry puts one article.
func (h *Handlers) putEntry(ctx context.Context, e *entry, o stories.PutOptions) {
	defer func() { // no middleware can recover what happens in this goroutine
		if r := recover(); r != nil {
			e.err = fault.Panic(r)
		}
	}()
	a, err := fromAPI(e.in.Id, fieldsOf(e.in))
	if err == nil {
		e.result, err = h.put(ctx, a, o)
	}
	if e.err = photoFault(err); errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil { // not of a photo's source
		e.err = errNotReached
	}
}

// answerBatch answers with the results in the order of the articles. It makes one at a time: together they may have
// many times the bytes of the batch.
func (h *Handlers) answerBatch(c echo.Context, all []entry, o stories.PutOptions) error {
	sent := answer.Private(c).Response()
	sent.Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	sent.WriteHeader(http.StatusOK)
	separator := `{"results":[`
	for _, e := range all {
		raw, err := json.Marshal(h.resultOf(c, e, o))
		if err != nil {
			return err
		}
		if _, err := sent.Write(append([]byte(separator), raw...)); err != nil {
			return err
		}
		separator = ","
	}
	if len(all) > 0 {
		separator = ""
	}
	_, err := sent.Write([]byte(separator + "]}\n"))
	return err
}

// resultOf returns the result of an article in the API's form.
func (h *Handlers) resultOf(c echo.Context, e entry, o stories.PutOptions) api.BatchResult {
	one, err := api.BatchResult{Id: e.in.Id}, e.err
	if err == nil {
		one.Status = statusOf(e.result, o)
		one.Article, err = h.Present.Article(e.result.Record)
		one.Article.Warnings = present.Warnings(e.result.Said())
		h.logPhotos(c, e.result)
	}
	if err != nil {
		h.Failed(c, err)
		one = api.BatchResult{Id: e.in.Id, Status: fault.KindOf(err).Answer().Status}
		one.Error = answer.Error(err, answer.RequestID(c)).Error
	}
	return one
}
