// Prints what each library reads from a page, as JSON: what previews of the page would show.
// Usage: node read.mjs URL
import ogs from 'open-graph-scraper'
import { unfurl } from 'unfurl.js'
import { getPreviewFromContent } from 'link-preview-js'
import metascraper from 'metascraper'
import author from 'metascraper-author'
import date from 'metascraper-date'
import description from 'metascraper-description'
import image from 'metascraper-image'
import publisher from 'metascraper-publisher'
import title from 'metascraper-title'
import url from 'metascraper-url'
import urlMetadata from 'url-metadata'

const page = process.argv[2]
const headers = { 'user-agent': 'facebookexternalhit/1.1' }

// fetched is the page for the libraries that take one that was fetched before. link-preview-js by itself refuses
// loopback addresses.
const response = await fetch(page, { headers })
const fetched = { url: response.url, headers: Object.fromEntries(response.headers), data: await response.text() }

const libraries = {
  'open-graph-scraper': async () => {
    const { result } = await ogs({ url: page, fetchOptions: { headers } })
    const [shown] = result.ogImage
    return {
      title: result.ogTitle, description: result.ogDescription, site: result.ogSiteName, url: result.ogUrl,
      image: shown.url, width: Number(shown.width), height: Number(shown.height), alt: shown.alt,
      authors: [result.articleAuthor].flat(), date: result.articlePublishedTime, ld: result.jsonLD[0]['@type'],
    }
  },
  'unfurl.js': async () => {
    const read = await unfurl(page, { headers })
    const [shown] = read.open_graph.images
    return {
      title: read.open_graph.title, description: read.open_graph.description, site: read.open_graph.site_name,
      url: read.open_graph.url, image: shown.url, width: shown.width, height: shown.height, alt: shown.alt,
      authors: [read.oEmbed.author_name], ld: read.oEmbed.type,
    }
  },
  'link-preview-js': async () => {
    const read = await getPreviewFromContent(fetched, { imagesPropertyType: 'og' })
    return { title: read.title, description: read.description, site: read.siteName, image: read.images[0] }
  },
  metascraper: async () => {
    const scrape = metascraper([author(), date(), description(), image(), publisher(), title(), url()])
    const read = await scrape({ html: fetched.data, url: fetched.url })
    return {
      title: read.title, description: read.description, site: read.publisher, url: read.url, image: read.image,
      authors: [read.author], date: read.date,
    }
  },
  'url-metadata': async () => {
    const options = {
      requestHeaders: headers, requestFilteringAgentOptions: { allowPrivateIPAddress: true }, ensureSecureImageRequest: false,
    }
    const read = await urlMetadata(page, options)
    return {
      title: read['og:title'], description: read['og:description'], site: read['og:site_name'], url: read['og:url'],
      image: read['og:image'], width: Number(read['og:image:width']), height: Number(read['og:image:height']),
      alt: read['og:image:alt'], authors: [read['article:author']].flat(), date: read['article:published_time'],
      ld: read.jsonld?.['@type'] ?? read.jsonld?.[0]?.['@type'],
    }
  },
}

const found = {}
for (const [name, read] of Object.entries(libraries)) {
  try {
    found[name] = await read()
  } catch (fault) {
    found[name] = { fault: String(fault.stack ?? fault.result?.error ?? JSON.stringify(fault)) }
  }
}
console.log(JSON.stringify(found))
