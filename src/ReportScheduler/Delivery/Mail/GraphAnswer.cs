using System.Text.Json;

namespace ReportScheduler.Delivery.Mail;

/// <summary>What Microsoft Graph answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">How long to wait before the next request; null when it says nothing of that.</param>
internal sealed record GraphAnswer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>It does not take the request now, and has done nothing of it.</summary>
    public bool IsBusy => Status is 429 or 503;

    public bool IsTooLarge => Status == 413 || Code is "ErrorMessageSizeExceeded" or "ErrorAttachmentSizeLimitExceeded";

    /// <summary>A server on the way gave up: what became of the request is not known.</summary>
    public bool IsLost => Status is 500 or 502 or 504;

    /// <summary>The code of the error, such as ErrorAccessDenied; empty when there is none.</summary>
    public string Code => Error("code");

    /// <summary>Status, code and message of the error, for a person.</summary>
    public string Said => MailErrors.Said(string.Join(' ', new[] { $"{Status}", Code, Error("message") }.Where(part => part.Length > 0)));

    /// <summary>A member of the JSON; null when there is no such text.</summary>
    public string? Text(string member)
    {
        using var json = Json();
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>Whether a member of the JSON is false.</summary>
    public bool IsFalse(string member)
    {
        using var json = Json();
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out var value)
            && value.ValueKind == JsonValueKind.False;
    }

    /// <summary>The entries of a list.</summary>
    public IReadOnlyList<JsonElement> Values()
    {
        using var json = Json();
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("value", out var values)
            && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => value.Clone())]
            : [];
    }

    private string Error(string member)
    {
        using var json = Json();
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error)
            && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty(member, out var value) ? $"{value}" : "";
    }

    private JsonDocument? Json()
    {
        try
        {
            return JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
