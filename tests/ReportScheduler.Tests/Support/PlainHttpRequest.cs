using System.Globalization;
using System.Text;

namespace ReportScheduler.Tests.Support;

/// <summary>A request of HTTP/1.1 as it came over the line.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="Headers">The fields, whatever the case of their names.</param>
/// <param name="Body">As many bytes as Content-Length says.</param>
internal sealed record PlainHttpRequest(string Method, string Target, Dictionary<string, string> Headers, byte[] Body)
{
    /// <returns>Null when the client has hung up.</returns>
    public static async Task<PlainHttpRequest?> Read(Stream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop);
        var words = lines[0].Split(' ');
        return new PlainHttpRequest(words[0], words[1], headers, body);
    }
}
