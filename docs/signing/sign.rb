require 'json'
require 'openssl'
require 'uri'

# Returns the signed path and query of a picture. key is the text of the signing key.
def cards_sign(key, path, params)
  piece = lambda do |s|
    n = s.bytesize
    head = []
    (head << (n & 127 | 128); n >>= 7) while n > 127
    (head << n).pack('C*') + s.b
  end
  signed = params.reject { |name, _| %w[sig strict].include?(name) }
  pieces = ['cards-url-v1', path] + signed.sort.flatten.map(&:to_s)
  mac = OpenSSL::HMAC.digest('SHA256', key, pieces.map(&piece).join)
  sig = [mac].pack('m0').tr('+/', '-_').delete('=')
  "#{path}?#{URI.encode_www_form(params.merge('sig' => sig))}"
end

if $PROGRAM_NAME == __FILE__
  JSON.parse($stdin.read).each { |v| puts cards_sign(v['key'], v['path'], v['params']) }
end
