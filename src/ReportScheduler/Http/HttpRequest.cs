using System.Net;

namespace ReportScheduler.Http;

/// <summary>A request; its body comes later, when the caller may send one.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="RawPath">Path and query as sent; what a signature covers.</param>
/// <param name="Segments">The parts of the path, decoded.</param>
/// <param name="Header">The value of a header; null when it is not there.</param>
/// <param name="From">Who sent it.</param>
internal sealed record HttpRequest(string Method, string RawPath, string[] Segments, Func<string, string?> Header, IPAddress From)
{
    /// <summary>What was sent; empty for nothing.</summary>
    public byte[] Body { get; init; } = [];
}
