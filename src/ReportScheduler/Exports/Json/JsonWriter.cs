using System.Buffers;
using System.Text.Json;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Exports.Json;

/// <summary>JSON in UTF-8: an array with one object per row and line; with several
/// datasets an object of such arrays by dataset name.</summary>
/// <remarks>Names are those of the database, not the headers. Values are as
/// <see cref="JsonText"/> says, whatever the task's culture and number formats.</remarks>
internal sealed class JsonWriter : IReportWriter
{
    private const int BufferSize = 1 << 16;

    private readonly ReportDocument document;
    private readonly OutputFile file;
    private readonly bool several;
    private readonly ArrayBufferWriter<byte> buffer = new(BufferSize);
    private readonly Utf8JsonWriter json;
    private (SourceColumn Column, JsonEncodedText Name)[] columns = [];
    private ColumnTotals? totals;
    private bool firstDataset = true;
    private bool firstRow;

    public JsonWriter(ReportDocument document)
    {
        this.document = document;
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Json)));
        several = document.Task.HasSeveralDatasets;
        json = new Utf8JsonWriter(buffer, JsonText.Options);
        Raw(several ? "{"u8 : []);
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var layout = ColumnLayout.Of(document, dataset, columns);
        this.columns =
        [
            .. layout.Select(
                column => (column.Column, JsonEncodedText.Encode(WholeText.Of(column.Column.Name), JsonText.Options.Encoder))),
        ];
        // of rows, programs make their own totals; a matrix has them in each format
        totals = document.Task.Dataset(dataset).Pivot is null ? null : new ColumnTotals(layout, document.Words);
        firstRow = true;
        if (several)
        {
            Raw(firstDataset ? "\n"u8 : ",\n"u8);
            json.WriteStringValue(dataset);
            NextValue();
            Raw(":"u8);
        }

        firstDataset = false;
        Raw("["u8);
    }

    public void Write(RowBatch rows)
    {
        totals?.Add(rows);
        for (var row = 0; row < rows.Count; row++)
        {
            Raw(firstRow ? "\n"u8 : ",\n"u8);
            firstRow = false;
            WriteRow(rows[row]);
            if (buffer.WrittenCount >= BufferSize)
            {
                FlushBuffer();
            }
        }
    }

    public void End(CancellationToken cancellation)
    {
        foreach (var line in firstRow || totals is null ? [] : totals.Lines)
        {
            Raw(",\n"u8);
            WriteTotals(line);
        }

        Raw(firstRow ? "]"u8 : "\n]"u8);
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        Raw(several ? "\n}\n"u8 : "\n"u8);
        FlushBuffer();
        return [file.Complete()];
    }

    public void Dispose()
    {
        json.Dispose();
        file.Dispose();
    }

    private void WriteRow(ReadOnlySpan<Cell> cells)
    {
        json.WriteStartObject();
        foreach (var (column, name) in columns)
        {
            json.WritePropertyName(name);
            JsonText.Write(json, cells[column.Index]);
        }

        json.WriteEndObject();
        NextValue();
    }

    private void WriteTotals(TotalLine line)
    {
        json.WriteStartObject();
        for (var place = 0; place < columns.Length; place++)
        {
            json.WritePropertyName(columns[place].Name);
            var total = totals!.Of(line, place);
            if (total.Kind == CellKind.Null && place == totals.LabelPlace(line))
            {
                json.WriteStringValue(line.Label);
            }
            else
            {
                JsonText.Write(json, total);
            }
        }

        json.WriteEndObject();
        NextValue();
    }

    // Each row is a document of its own to the library, so that rows can stand on lines.
    private void NextValue()
    {
        json.Flush();
        json.Reset();
    }

    private void Raw(ReadOnlySpan<byte> text) => buffer.Write(text);

    private void FlushBuffer()
    {
        file.Stream.Write(buffer.WrittenSpan);
        buffer.Clear();
    }
}
