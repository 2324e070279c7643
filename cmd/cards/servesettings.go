package main

import "time"

// listenSettings say where the service is reached.
type listenSettings struct {
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on. Default: 127.0.0.1:8080."`
	publicSettings
	AdminAddr            string   `placeholder:"HOST:PORT" help:"Address to listen on for operators: /metrics, /readyz?verbose and /debug/pprof. Off unless set."`
	MaxConnections       int      `default:"2048" placeholder:"N" help:"Maximum number of connections at a time; further ones wait. Default: 2048."`
	MaxClientConnections int      `placeholder:"N" help:"Maximum number of connections at a time of one client, an IPv4 /24 or IPv6 /48; proxies and this machine have none. Default: a quarter of --max-connections."`
	TrustedProxy         []string `placeholder:"CIDR" help:"Proxy whose X-Forwarded-For is trusted, and --auth-header. Repeatable."`
}

// storeSettings say where the service keeps what it has.
type storeSettings struct {
	dataSettings
	Database    string `secret:"url" placeholder:"URL" help:"sqlite://PATH, or postgres://USER:PASSWORD@HOST:PORT/DATABASE, which several processes share. Default: cards.db in the data folder."`
	Pictures    string `secret:"url" placeholder:"URL" help:"file://DIR or s3://BUCKET/PREFIX?endpoint=HOST&region=REGION. Default: pictures in the data folder."`
	MemoryCache int64  `default:"16777216" placeholder:"BYTES" help:"Maximum bytes of cards cached in memory. Default: 16 MiB."`
	CardCache   int64  `default:"2147483648" placeholder:"BYTES" help:"Maximum bytes of cards cached on the disk; the least recently used are removed first. Default: 2 GiB."`
}

// accessSettings are the secrets of programs that use the service.
type accessSettings struct {
	APIToken string `secret:"" name:"api-token" placeholder:"TOKEN" help:"Token of the articles API and of the sign-in to the studio, at least 16 characters; one that can be guessed is refused. Default: generated at the first start and stored in the data folder."`
	signingSettings
}

// fetchSettings say how the service fetches what others have.
type fetchSettings struct {
	PhotoAllow []string `placeholder:"HOST[:PORT]" help:"Private host (HOST, .SUFFIX, IP address or CIDR) from which photos may be fetched on ports 80 and 443; HOST:PORT allows one more port. Repeatable."`
	FetchAgent string   `placeholder:"AGENT" help:"User-Agent of requests for photos and pages. Default: cards, the version and the public URL."`
}

// cardSettings say how cards look.
type cardSettings struct {
	themeSettings
	fontSettings
	Lang      string        `placeholder:"TAG" help:"Language of badges, dates, tags and links, such as en or ko-KR, for stories that have none and whose texts do not tell it. Default: badges in English, dates as 2026-11-23."`
	Breaking  time.Duration `default:"6h" help:"How long cards show the badge breaking; 0s: as long as the story has it. Default: 6h."`
	DrawAhead bool          `default:"true" negatable:"" help:"Draw a story's cards in all sizes in the background, when nobody else needs the processor, before they are asked for. Default: on."`
}

// readerSettings say what readers get, and how their clicks count.
type readerSettings struct {
	HomeURL           string        `name:"home-url" placeholder:"URL" help:"URL of the publication's front page, to which pages for readers of dead links lead. Default: they have no link."`
	ForwardQuery      bool          `default:"true" negatable:"" help:"Short links pass their query, such as ?utm_source=newsletter, on to the story, but not over parameters that its URL has. Default: on."`
	ClickWindow       time.Duration `default:"5m" help:"Time within which repeated clicks of a reader on the same link count once; 0s counts every click, without the limit for one network."`
	Territories       []string      `placeholder:"COUNTRY" help:"Country of the publication's readers, such as KR. Photos whose rights cover all of them are shown on cards; without it, photos for some countries only are not. Repeatable."`
	FacebookPublisher string        `placeholder:"URL" help:"URL of the newsroom's page on Facebook, which shows its name beside shared stories (article:publisher)."`
}

// runSettings say how the process runs.
type runSettings struct {
	Drain    time.Duration `default:"3s" help:"After SIGTERM, how long requests are still answered while /readyz reports 503. Default: 3s."`
	LogLevel string        `default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`
}
