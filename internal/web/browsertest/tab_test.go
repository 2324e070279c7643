package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one page of the browser, and what it did that a reader does not see.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string // addresses asked for
	faults   []string // errors of scripts and of the policy
}

func newTab(t testing.TB, w *world, actions ...step) *tab {
	t.Helper()
	p := &tab{t: t}
	ctx, cancel := chromedp.NewContext(w.browser, chromedp.WithListener(p.note))
	t.Cleanup(cancel)
	p.ctx = ctx
	cookie := network.SetCookieParams{Name: w.session.Name, Value: w.session.Value, URL: w.cards,
		HTTPOnly: new(true), SameSite: network.CookieSameSiteLax}
	p.do(call(network.SetCookie, cookie))
	p.do(call(network.Enable, network.EnableParams{}), call(log.Enable, cdp.Empty{}), call(runtime.Enable, cdp.Empty{}), size(1200, 900))
	limited, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	p.ctx = limited
	p.do(actions...)
	return p
}

func (p *tab) note(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, faultOf(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			p.faults = append(p.faults, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

// quiet holds that no script failed and no policy was broken, but for faults with the words.
func (p *tab) quiet(but ...string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
next:
	for _, f := range p.faults {
		for _, known := range but {
			if strings.Contains(f, known) {
				continue next
			}
		}
		p.t.Errorf("the page complains: %s", f)
	}
}

// hosts holds that nobody but the named origins was asked for anything.
func (p *tab) hosts(origins ...string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
next:
	for _, r := range p.requests {
		for _, o := range origins {
			if strings.HasPrefix(r, o) || strings.HasPrefix(r, "data:") || strings.HasPrefix(r, "blob:") {
				continue next
			}
		}
		p.t.Errorf("the page asked %s", r)
	}
}

func (p *tab) do(actions ...step) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// size makes the window w by h CSS pixels.
func size(w, h int64) step { return chromedp.EmulateViewport(w, h) }

// media sets a media feature: "prefers-color-scheme", "dark".
func media(name, value string) step {
	return call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
}

func (p *tab) open(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

// eval is the value of a script's expression, which may be a promise.
func eval[T any](p *tab, script string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%v: %s", err, script)
	}
	return v
}

// until waits for the expression to be true, or to be a promise of something true.
func (p *tab) until(script string) {
	p.t.Helper()
	end := time.Now().Add(settle)
	for !eval[bool](p, "Promise.resolve("+script+").then(Boolean)") {
		if time.Now().After(end) {
			p.t.Fatalf("never true: %s", script)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// tap clicks where a reader would: in the middle of the element that the expression names.
func (p *tab) tap(element string) {
	p.t.Helper()
	at := eval[[]float64](p, fmt.Sprintf(`(() => { const e = %s; e.scrollIntoView({ block: 'center', behavior: 'instant' }); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`, element))
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// drag presses, moves and releases inside the element; places are fractions of it.
func (p *tab) drag(element string, fromX, fromY, toX, toY float64) {
	p.t.Helper()
	box := eval[[]float64](p, fmt.Sprintf(`(() => { const e = %s; e.scrollIntoView({ block: 'center', behavior: 'instant' }); const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()`, element))
	for _, step := range []struct {
		kind    input.DispatchMouseEventType
		buttons int64
		x, y    float64
	}{{input.DispatchMouseEventTypeMousePressed, 1, fromX, fromY}, {input.DispatchMouseEventTypeMouseMoved, 1, (fromX + toX) / 2, (fromY + toY) / 2}, {input.DispatchMouseEventTypeMouseMoved, 1, toX, toY}, {input.DispatchMouseEventTypeMouseReleased, 0, toX, toY}} {
		p.do(call(input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: step.kind, X: box[0] + step.x*box[2], Y: box[1] + step.y*box[3], Button: input.MouseButtonLeft, Buttons: step.buttons, ClickCount: 1,
		}))
	}
}

func (p *tab) key(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// picture keeps a screenshot where CARDS_SCREENSHOTS names a folder, to be looked at.
func (p *tab) picture(name string) {
	p.t.Helper()
	dir := os.Getenv("CARDS_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// narrow holds that the page has nothing to scroll to sideways.
func (p *tab) narrow() {
	p.t.Helper()
	if over := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		p.t.Errorf("the page is %d px too wide", over)
	}
}

// articleAt is the address of a page of the site.
func (w *world) articleAt(values ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		q.Set(values[i], values[i+1])
	}
	return w.site.URL + "/article?" + q.Encode()
}

// noScript forbids the page all scripts.
func noScript() step {
	return call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// step is a thing to do in a tab.
type step = chromedp.Action[chromedp.Void]

// call is a command of the protocol as a step.
func call[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func faultOf(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}

// before runs the script in every page before its own.
func (p *tab) before(script string) {
	p.t.Helper()
	p.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}
