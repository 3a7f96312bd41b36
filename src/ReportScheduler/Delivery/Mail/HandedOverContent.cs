using System.Net;
using System.Net.Http.Headers;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The body of one request, which knows when all of it has gone to the
/// server: from then on a missing answer leaves a doubt.</summary>
internal sealed class HandedOverContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> body;
    private bool isBegun;

    public HandedOverContent(ReadOnlyMemory<byte> body, string mediaType)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    public int Length => body.Length;

    public bool IsWhole { get; private set; }

    /// <summary>Called when the last byte has gone.</summary>
    public Action? Whole { get; set; }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (isBegun)
        {
            // nobody may send it again behind our back
            throw new IOException("the connection was lost");
        }

        isBegun = true;
        await stream.WriteAsync(body).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
        IsWhole = true;
        Whole?.Invoke();
    }
}
