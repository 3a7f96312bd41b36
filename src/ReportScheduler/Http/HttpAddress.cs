using System.Net;
using System.Net.Sockets;

namespace ReportScheduler.Http;

/// <summary>Where the HTTP trigger listens.</summary>
/// <param name="EndPoints">The addresses and the port.</param>
internal sealed record HttpAddress(IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <param name="address">Such as http://127.0.0.1:8650/. A host of +, * or 0.0.0.0 is everywhere, localhost this machine only.</param>
    /// <exception cref="ReportException">HttpListenFailed.</exception>
    public static HttpAddress Parse(string address)
    {
        var plain = address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri))
        {
            throw HttpErrors.HttpListenFailed(address, "it is no address.");
        }

        if (uri.Scheme != Uri.UriSchemeHttp)
        {
            throw HttpErrors.HttpListenFailed(address, $"it begins with {uri.Scheme}: and not with http:.");
        }

        if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw HttpErrors.HttpListenFailed(address, "there is more than a host and a port in it.");
        }

        return new HttpAddress([.. Hosts(address, uri).Select(host => new IPEndPoint(host, uri.Port))]);
    }

    private static IPAddress[] Hosts(string address, Uri uri)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out var host))
        {
            return IsEverywhere(host) ? [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any] : [host];
        }

        if (uri.IsLoopback)
        {
            return Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        }

        try
        {
            return Dns.GetHostAddresses(uri.DnsSafeHost);
        }
        catch (SocketException unknown)
        {
            throw HttpErrors.HttpListenFailed(address, unknown);
        }
    }

    // both families: Kestrel listens for IPv4 as well where it is given this very IPv6Any
    private static bool IsEverywhere(IPAddress host) => host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any);
}
