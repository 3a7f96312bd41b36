using System.Text;
using System.Text.Json;

namespace ReportScheduler.Tests.Support;

/// <summary>An answer of the stand-in of Microsoft Graph.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">Further headers.</param>
internal sealed record GraphReply(int Status, byte[] Body, params string[] Headers)
{
    public static GraphReply Json(int status, object value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value));

    public static GraphReply Empty(int status, params string[] headers) => new(status, [], headers);

    /// <summary>An error in the form of https://learn.microsoft.com/graph/errors.</summary>
    public static GraphReply Error(int status, string code, string message = "It is so.", params string[] headers) =>
        new(status, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { error = new { code, message } })), headers);
}
