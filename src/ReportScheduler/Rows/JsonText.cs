using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReportScheduler.Rows;

/// <summary>A cell as a JSON value.</summary>
/// <remarks>
/// Integers and decimals are JSON numbers with all their digits, also beyond the 15 that a reader made for doubles keeps (RFC 8259, section
/// 6); dates and times are ISO 8601 text, binary is base64, NaN and the infinities are text, and a JSON column is embedded as it is when it
/// is valid JSON, else it is text.
/// </remarks>
internal static class JsonText
{
    // The file is read as JSON, never as part of a page: other scripts stay readable.
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null: json.WriteNullValue(); break;
            case CellKind.Text: json.WriteStringValue(cell.Text); break;
            case CellKind.Boolean: json.WriteBooleanValue(cell.Boolean); break;
            case CellKind.Integer: json.WriteNumberValue(cell.Int64); break;
            case CellKind.Decimal: json.WriteNumberValue(cell.Decimal); break;
            case CellKind.Double when double.IsFinite(cell.Double): json.WriteNumberValue(cell.Double); break;
            case CellKind.Binary: json.WriteBase64StringValue(cell.Binary); break;
            case CellKind.Json: WriteJson(json, cell.Text); break;
            default: WriteIso(json, cell); break;
        }
    }

    private static void WriteIso(Utf8JsonWriter json, in Cell cell)
    {
        Span<char> text = stackalloc char[64];
        json.WriteStringValue(text[..IsoText.Format(cell, text, 'T')]);
    }

    private static void WriteJson(Utf8JsonWriter json, string text)
    {
        try
        {
            json.WriteRawValue(text);
        }
        catch (Exception invalid) when (invalid is JsonException or ArgumentException)
        {
            json.WriteStringValue(text);
        }
    }
}
