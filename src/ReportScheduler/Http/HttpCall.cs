using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace ReportScheduler.Http;

/// <summary>A request as the server hands it over.</summary>
internal sealed class HttpCall(IFeatureCollection context)
{
    private readonly IHttpRequestFeature request = context.Get<IHttpRequestFeature>();

    /// <summary>Whether nothing of the request is left on the connection.</summary>
    public bool IsReadWhole { get; private set; } = !HasBody(context.Get<IHttpRequestFeature>());

    /// <exception cref="HttpProblem">400: the path is not UTF-8.</exception>
    public HttpRequest Request(IPAddress from)
    {
        var path = request.RawTarget.StartsWith('/') ? request.RawTarget : request.Path + request.QueryString;
        return new HttpRequest(
            request.Method.ToUpperInvariant(), path, Array.ConvertAll(path.Split('?')[0].Trim('/').Split('/'), Decode),
            name => request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null, from);
    }

    /// <exception cref="HttpProblem">413: it says itself that it is too large.</exception>
    public void RequireSize()
    {
        if (request.Headers.ContentLength > HttpBody.MostBytes)
        {
            throw HttpProblem.TooLarge(HttpBody.MostBytes);
        }
    }

    /// <exception cref="HttpProblem">400, 408 or 413.</exception>
    public async Task<byte[]> ReadAsync(HttpBody bodies, bool isKnown, CancellationToken gone)
    {
        if (IsReadWhole)
        {
            return [];
        }

        var bytes = await bodies.ReadAsync(request.Body, request.Headers.ContentLength, isKnown, gone).ConfigureAwait(false);
        IsReadWhole = true;
        return bytes;
    }

    /// <summary>Takes what the caller still sends and throws it away, within limits.</summary>
    public async Task LingerAsync(TimeSpan time, TimeProvider clock, CancellationToken gone)
    {
        using var over = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, gone);
        var scrap = new byte[4096];
        for (var left = 16 * HttpBody.MostBytes; left > 0;)
        {
            var length = await request.Body.ReadAsync(scrap, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            if (length == 0)
            {
                return;
            }

            left -= length;
        }
    }

    private static bool HasBody(IHttpRequestFeature request) =>
        request.Headers.ContentLength > 0 || request.Headers.ContainsKey("Transfer-Encoding");

    private static string Decode(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] == '%' && at + 2 < segment.Length && char.IsAsciiHexDigit(segment[at + 1])
                && char.IsAsciiHexDigit(segment[at + 2]))
            {
                bytes.Add(Convert.FromHexString(segment.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else
            {
                bytes.Add((byte)segment[at]);
            }
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw HttpProblem.BadRequest("The path is not UTF-8.");
        }
    }
}
