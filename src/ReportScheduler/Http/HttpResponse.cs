using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace ReportScheduler.Http;

/// <summary>Sends answers.</summary>
internal static class HttpResponse
{
    /// <param name="context">The request.</param>
    /// <param name="answer">What it gets.</param>
    /// <param name="isLast">Whether the connection ends with it.</param>
    public static Task SendAsync(IFeatureCollection context, HttpAnswer answer, bool isLast)
    {
        var response = context.Get<IHttpResponseFeature>();
        response.StatusCode = answer.Status;
        response.Headers["Content-Type"] = answer.ContentType;
        response.Headers.ContentLength = answer.Content.Length;
        response.Headers["Cache-Control"] = "no-store";
        if (answer.Location is { } location)
        {
            response.Headers["Location"] = location;
        }

        if (answer.Problem?.Allow is { } allow)
        {
            response.Headers["Allow"] = allow;
        }

        if (answer.Problem?.RetryAfter is { } seconds)
        {
            response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Status == 401)
        {
            response.Headers["WWW-Authenticate"] = "Bearer";
        }

        if (isLast || answer.Status is 408 or 413 or 429)
        {
            response.Headers["Connection"] = "close";
        }

        return response.Body.WriteAsync(answer.Content, 0, answer.Content.Length);
    }
}
