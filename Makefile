# Everything a newcomer or the CI runs. Each target says in a sentence what it is for.

SHELL := /bin/bash
.DEFAULT_GOAL := help
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
SCREENSHOTS := screenshots

help: ## List the targets.
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: ## Run the service on embedded defaults.
	go run ./cmd/cards serve

build: ## The binary as it is handed out: no symbols, no paths.
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o cards ./cmd/cards

release: ## Programs for all platforms, packages, the list of their parts and the sums of all files, in dist: the same bytes for the same commit.
	./scripts/release $(PLATFORMS)

test: ## Set up and pass every test: what a clean Debian machine lacks is installed first. Prints the time of each phase.
	@./scripts/phases deps lint full race plain arm64 laws

deps: ## Install what the tests want beyond Go.
	./scripts/deps
	./scripts/bench-deps

unit: ## Unit tests alone, without other programs and the tools of bench, in less than a minute. Lint vets; without debug information the tests link faster. Some wait for others, so twice as many run as there are processors.
	go test -short -vet=off -ldflags=-w -p $$((2 * $$(getconf _NPROCESSORS_ONLN))) $$(go list ./... | grep -vE '/(bench/.*|internal/api/clients|internal/web/browsertest)$$')

SLOWEST := ./internal/web/browsertest ./render ./internal/store/postgres ./cmd/cards

full: ## All tests, with browser, peers and tools where they are installed. The slowest packages begin, so that none is left alone at the end.
	go test -timeout 20m $(SLOWEST) ./...

# Tables of many inputs, one after the other: they have no goroutines.
SEQUENTIAL := ^Test(Checks|HostileRequests|LargeArticlesAreFewInAPage|AWholeListIsSmall|APageLooksAtABoundedNumber|EveryOlderFileIsOpened|DamagedFileStopsTheStart)$$

# SQLite, translated from C, is not what the race detector is for here: without it in there, tests of the store take a fifth.
UNRACED := -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false

race: ## The unit tests under the race detector; without layout and command, which take as long as all others, and what has no goroutines.
	go test -race $(UNRACED) -short -timeout 20m -skip '$(SEQUENTIAL)' $$(go list ./... | grep -vE '/(cards|render|render/text(/.*)?|bench/.*|internal/(advice|api|archive|clean|inflate|langid|laws|locale|photo/faces|photo/focus))$$')

plain: ## The pictures' tests without vector instructions, as on a machine that has none.
	GODEBUG=cpu.avx2=off go test -count 1 -short ./internal/jpeg/... ./internal/png/... ./internal/inflate ./internal/pngfile ./internal/webp ./internal/photo/... ./internal/pictures ./internal/simd/... ./render/...
	GODEBUG=cpu.avx2=off go test -count 1 -run 'AsLibjpeg|EverySampling|Reduced' ./internal/jpeg

arm64: ## Cards drawn on an emulated arm64 machine have the bytes that they have here.
	./scripts/arm64

laws: ## The laws of type over 10,000 made-up headlines in six sizes, without the race detector.
	set -o pipefail; go test ./render -v -run GeneratedHeadlines -headlines 10000 -timeout 20m | tee >(cat >&2) | grep -c '^--- PASS: .*GeneratedHeadlines'

lint: ## Formatting, the linters of .golangci.yml, no dead code, generated code up to date.
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run gofmt -w"; exit 1; }
	go run $(GOLANGCI) run ./...
	./scripts/deadcode
	./scripts/generated

e2e-wordpress: ## The plugin in a real WordPress with a real browser. Not part of test, which takes twenty minutes without it.
	./scripts/deps
	./scripts/wordpress-deps
	CARDS_WORDPRESS=1 go test -count 1 -v ./integrations/wordpress/e2e

fuzz: ## Every fuzz target for FUZZTIME (10m), one after the other; FUZZ=REGEXP picks some. Stops at the first finding.
	./scripts/fuzz

mutants: ## Mutants of the rules that matter most, tried on their tests: a quarter of an hour on two cores.
	go run ./bench/mutants

vuln: ## Known vulnerabilities, where their database can be reached.
	./scripts/vuln

design: ## The pictures of README and docs/design.md: a sheet of each theme, of every size, and of the example.
	go run ./cmd/cards theme preview --theme ledger --theme press --theme signal --template photo --template split --story story --story garden --width 480 -o docs/cards.jpg
	for theme in press ledger signal; do go run ./cmd/cards theme preview --theme $$theme --template photo --template split --template text --template quote --width 400 -o docs/design/$$theme.jpg || exit 1; done
	go run ./cmd/cards theme preview --theme press --template photo --size twitter --size kakao --size square --size portrait --size story --width 300 -o docs/design/sizes.jpg
	go run ./cmd/cards theme preview --theme ledger --template photo --template split --all --width 400 -o docs/design/extremes.jpg
	go run ./cmd/cards theme preview docs/design/example --template photo --template stripe --width 400 -o docs/design/example.jpg

gallery: ## The headlines of the gallery in all themes and four sizes, as sheets to look at: make gallery OUT=DIR PHOTOS=FOLDER.
	go run ./bench/gallery -o $(or $(OUT),gallery) $(if $(PHOTOS),-photos $(PHOTOS))

golden: ## Rewrite the goldens; look at every changed picture before you commit.
	go test ./render/... ./internal/pictures -update

crawlers: ## Take in the newest list of crawlers (npm is needed), then test it.
	./scripts/crawlers
	go test ./internal/audience

clicks: ## The tables of docs/clicks.md: what an attacker adds to a story, and what readers who share a network lose.
	go run ./bench/clicks -write

typography: ## The table of line breaks and the gallery of docs/typography.md.
	go run ./bench/typography faults
	go run ./bench/typography gallery

typography-peers: ## The same of satori, takumi and Chromium (npm, chromium and zstd are needed).
	npm install --prefix bench/typography --no-audit --no-fund
	node bench/typography/peers.mjs faults
	node bench/typography/peers.mjs pictures

focus: ## The table of docs/photos.md: faces found and kept, beside sharp and smartcrop (Debian's packages and npm are needed).
	rm -rf bench/focus/node_modules/pictures
	npm install --prefix bench/focus --no-audit --no-fund
	./bench/focus/pictures bench/focus/node_modules/pictures
	go run ./bench/focus bench/focus/node_modules/pictures
	node bench/focus/peers.mjs bench/focus/node_modules/pictures

photos: ## The table of docs/photos.md: files of every kind decoded here, by ImageMagick and by sharp (Debian's packages and npm are needed).
	rm -rf bench/photos/node_modules/corpus
	npm install --prefix bench/photos --no-audit --no-fund
	go run ./bench/photos make bench/photos/node_modules/corpus
	node bench/photos/sharp.mjs bench/photos/node_modules/corpus
	go run ./bench/photos compare bench/photos/node_modules/corpus

memory: ## The most memory that the service takes under the worst photos and bombs; fails over 512 MiB.
	go run ./bench/memory

lighthouse: ## Lighthouse on a sample page with the embed kit (npm and chromium are needed).
	./scripts/lighthouse

wordpress-embed: ## A story in a real WordPress (wordpress, its theme, mariadb-server, php-mysql and chromium are needed).
	./scripts/wordpress-embed

screenshots: ## Pictures of the pages in SCREENSHOTS, to be looked at.
	mkdir -p $(SCREENSHOTS)
	CARDS_SCREENSHOTS=$(abspath $(SCREENSHOTS)) go test -count 1 ./internal/web/browsertest

bench: ## Benchmarks of every stage.
	go test -run '^$$' -bench . -benchmem ./...

benchstat: ## Benchmarks of two commits in turns, compared: make benchstat OLD=main NEW=HEAD.
	./scripts/benchstat $(OLD) $(NEW)

compare: ## The service beside other tools, in turns, in twenty minutes on a quiet machine: docs/performance.md.
	./scripts/bench-deps
	go run ./bench/compare run

compare-short: ## The same in two minutes, printed.
	./scripts/bench-deps
	-go run ./bench/compare run -short

growth: ## A million articles, a hundred thousand kept pictures and ten million clicks, in a quarter of an hour: docs/performance.md too.
	./scripts/growth

simulate: ## A day of a newsroom on both setups, beside what the capacity model says; fails over 25 %: docs/scaling.md.
	go run ./bench/simulate -write plan
	go run ./bench/simulate -write day

overload: ## Ten times the load that can be drawn, recovery, SIGTERM under load, beside what is promised.
	./scripts/overload

drill-disk: ## A full disk under load, beside what is promised (the right to mount is needed): docs/reliability.md, as all drills.
	go run ./bench/drills -write disk

drill-faults: ## Failing fsync, files removed under the service, beside what is promised (strace is needed).
	go run ./bench/drills -write faults

drill-kill: ## ROUNDS (200) of kill -9 under load, on a file and on PostgreSQL, beside what is promised.
	go run ./bench/drills -write -rounds $(or $(ROUNDS),200) kill

drill-postgres: ## PostgreSQL stopped for AWAY (60s), killed, hanging, full, without connections, beside what is promised.
	go run ./bench/drills -write -away $(or $(AWAY),60s) postgres

drill-s3: ## S3 stopped, hanging, slow, with other credentials, with answers that break off, beside what is promised.
	go run ./bench/drills -write s3

drill-replicas: ## One of two replicas behind nginx killed again and again, beside what is promised.
	go run ./bench/drills -write replicas

.PHONY: help run build release test deps unit full race plain arm64 laws lint fuzz mutants vuln design gallery golden crawlers clicks typography typography-peers focus memory lighthouse wordpress-embed screenshots bench benchstat compare compare-short growth simulate overload drill-disk drill-faults drill-kill drill-postgres drill-s3 drill-replicas
