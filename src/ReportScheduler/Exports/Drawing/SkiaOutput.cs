namespace ReportScheduler.Exports.Drawing;

/// <summary>A stream for Skia to write to, which keeps an error until it is asked for.</summary>
/// <remarks>Skia writes from native code. An exception cannot pass through that: it would end the process, and every run in it, for a full disk.</remarks>
internal sealed class SkiaOutput(Stream target) : Stream
{
    private IOException? error;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => target.Length;

    public override long Position
    {
        get => target.Position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Something could not be written; as it was.</exception>
    public void ThrowIfFailed()
    {
        if (error is not null)
        {
            throw error;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (error is not null)
        {
            return;
        }

        try
        {
            target.Write(buffer);
        }
        catch (IOException problem)
        {
            error = problem;
        }
    }

    public override void Flush()
    {
        // the target is flushed by those who read it
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
