namespace ReportScheduler.Exports.Excel;

/// <summary>A piece of a part on its way through a worker: plain, then deflated and summed.</summary>
internal sealed class Piece : IDisposable
{
    private readonly MemoryStream deflated = new();

    public XmlBuffer Plain { get; } = new();

    public ReadOnlySpan<byte> Deflated => deflated.GetBuffer().AsSpan(0, (int)deflated.Length);

    public uint Crc { get; private set; }

    /// <summary>Under way on a worker.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    public void Start() => Work = Task.Run(Deflate);

    public void Clear()
    {
        Plain.Length = 0;
        deflated.SetLength(0);
    }

    public void Dispose() => deflated.Dispose();

    private void Deflate()
    {
        Crc = Exports.Excel.Crc.Of(Plain.Span);
        Deflater.Deflate(Plain.Span, deflated);
    }
}
