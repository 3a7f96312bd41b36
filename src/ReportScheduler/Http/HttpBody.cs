namespace ReportScheduler.Http;

/// <summary>Reads what callers send, within a size and a time.</summary>
internal sealed class HttpBody(TimeProvider clock, TimeSpan patience)
{
    public const int MostBytes = 64 * 1024;

    /// <summary>Bodies whose signature is still to be checked; one more cuts off the one that is read for longest.</summary>
    private const int MostUnchecked = 32;

    private readonly object gate = new();
    private readonly LinkedList<CancellationTokenSource> waiting = new();

    /// <param name="body">What is sent.</param>
    /// <param name="announced">The length that it says; null for none.</param>
    /// <param name="isKnown">Whether the caller has shown a right key.</param>
    /// <param name="gone">The caller hung up.</param>
    /// <exception cref="HttpProblem">400, 408 or 413.</exception>
    public async Task<byte[]> ReadAsync(Stream body, long? announced, bool isKnown, CancellationToken gone)
    {
        using var time = new CancellationTokenSource(patience, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(time.Token, gone);
        using var place = isKnown ? null : Enter(over);
        try
        {
            var bytes = new byte[Math.Min(announced ?? MostBytes, MostBytes) + 1];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, over.Token).AsTask()
                .WaitAsync(over.Token).ConfigureAwait(false);
            if (length > MostBytes)
            {
                throw HttpProblem.TooLarge(MostBytes);
            }

            return length < announced ? throw HttpProblem.BadRequest("The body ended before its length was reached.") : bytes[..length];
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw HttpProblem.TooSlow(patience);
        }
        catch (IOException malformed) when (!gone.IsCancellationRequested)
        {
            throw HttpProblem.BadRequest($"The body cannot be read: {malformed.Message}");
        }
    }

    private Place Enter(CancellationTokenSource over)
    {
        CancellationTokenSource? oldest = null;
        LinkedListNode<CancellationTokenSource> node;
        lock (gate)
        {
            node = waiting.AddLast(over);
            if (waiting.Count > MostUnchecked)
            {
                oldest = waiting.First!.Value;
                waiting.RemoveFirst();
            }
        }

        _ = oldest?.CancelAsync();
        return new Place(this, node);
    }

    private sealed class Place(HttpBody bodies, LinkedListNode<CancellationTokenSource> node) : IDisposable
    {
        public void Dispose()
        {
            lock (bodies.gate)
            {
                node.List?.Remove(node);
            }
        }
    }
}
