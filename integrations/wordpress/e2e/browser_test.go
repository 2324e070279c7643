package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// tab is a page of a browser in which admin is signed in.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func (s *site) browse(t *testing.T) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WindowSize(1440, 1000),
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("lang", "en"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"), chromedp.UserAgent(agent))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	p := &tab{t, ctx}
	p.open(s.url + "/wp-login.php")
	p.until(`document.getElementById('user_login')`)
	p.leaves(fmt.Sprintf(`user_login.value = 'admin'; user_pass.value = '%s'; wp_submit()`, password))
	p.until(`document.getElementById('wpadminbar')`)
	return p
}

// agent is a reader's: the taps of programs are not counted.
const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"

func (p *tab) open(url string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Navigate(url)); err != nil {
		p.t.Fatal(err)
	}
}

// run runs a script that ends in nothing.
func (p *tab) run(script string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void]("{"+script+"}")); err != nil {
		p.picture("failed")
		p.t.Fatalf("%v: %s", err, script)
	}
}

// value returns the value of an expression.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%v: %s", err, expression)
	}
	return v
}

// until waits for a page that is loaded, and on which the expression is true.
func (p *tab) until(expression string) {
	p.t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		there, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && Boolean("+expression+")"))
		if err == nil && there {
			return
		}
		if time.Since(began) > patience {
			p.picture("failed")
			p.t.Fatalf("never there: %s, %v", expression, err)
		}
	}
}

// leaves runs a script that leads to another page, and waits for that.
func (p *tab) leaves(script string) {
	p.t.Helper()
	p.run("window.isOld = true; window.wp_submit = () => document.getElementById('loginform').submit(); " + script)
	p.until("!window.isOld")
}

// click clicks the element of a selector once it is there.
func (p *tab) click(selector string) {
	p.t.Helper()
	name, err := json.Marshal(selector)
	if err != nil {
		p.t.Fatal(err)
	}
	p.until(fmt.Sprintf("document.querySelector(%s) && !document.querySelector(%[1]s).disabled && document.querySelector(%[1]s).ariaDisabled !== 'true'", name))
	p.run(fmt.Sprintf("document.querySelector(%s).click()", name))
}

// picture takes a picture of the page, if a folder for them is named.
func (p *tab) picture(name string) {
	p.t.Helper()
	dir := os.Getenv("CARDS_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Log(err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, "wordpress-"+name+".png"), png, 0o600); err != nil {
		p.t.Error(err)
	}
}
