using System.Globalization;
using MimeKit;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Mailing;

/// <summary>
/// Where no SMTP server is named: lays mails down as files that any mail program opens. The name is the same at each attempt,
/// so that a repeated one overwrites and doubles nothing.
/// </summary>
public sealed class FolderCarrier(string dataFolder) : IMailCarrier
{
    public const string Folder = "outbox";

    private static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    private readonly string folder = Path.Combine(dataFolder, Folder);

    public async Task<HandOver> HandOver(MimeMessage message, string kind, Instant askedAt, CancellationToken cancellationToken)
    {
        var id = message.MessageId![..message.MessageId!.IndexOf('@', StringComparison.Ordinal)];
        var name = string.Create(CultureInfo.InvariantCulture, $"{Time.Format(askedAt)}-{kind}-{id}.eml");
        var file = Path.Combine(folder, name);
        var unfinished = file + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            await using (var stream = File.Create(unfinished)) await message.WriteToAsync(stream, cancellationToken);
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HandOver.Failed($"The folder {Folder} could not be written: {e.GetType().Name}.", IsPermanent: false);
        }
        return new HandOver.Taken($"{Folder}/{name}");
    }

    /// <summary>Whether no mail lies in the folder, as where a mail server takes them.</summary>
    public static bool IsEmpty(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, Folder);
        return !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();
    }

    /// <summary>Takes a mail's file away; one that is not there is no matter.</summary>
    /// <exception cref="IOException">It could not be taken away.</exception>
    public static void Delete(string dataFolder, Guid mailId)
    {
        var folder = Path.Combine(dataFolder, Folder);
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, $"*-{mailId:N}.eml*")) File.Delete(file);
    }
}
