using System.Net;

namespace ReportScheduler.Hosting;

/// <summary>A request that was read whole.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="RawPath">Path and query as sent; what a signature covers.</param>
/// <param name="Segments">The parts of the path, decoded.</param>
/// <param name="Header">The value of a header; null when it is not there.</param>
/// <param name="Body">What was sent; empty for nothing.</param>
/// <param name="From">Who sent it.</param>
internal sealed record HttpRequest(
    string Method, string RawPath, string[] Segments, Func<string, string?> Header, byte[] Body, IPAddress From);
