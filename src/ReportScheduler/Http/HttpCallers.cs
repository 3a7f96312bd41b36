using System.Net;
using System.Net.Sockets;

namespace ReportScheduler.Http;

/// <summary>Which addresses are one caller.</summary>
internal static class HttpCallers
{
    /// <summary>The address without the part that its owner chooses freely: of IPv6 the first 64 bits (RFC 4291, 2.5.1).</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
