import { useWords } from '../words/words.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface PagerProps {
  /** `Hiển thị từ 1 đến 1 của 1 dòng`, as the service counts. */
  readonly summary: string;
  /** From 1. */
  readonly page: number;
  readonly hasNext: boolean;
  readonly onPage: (page: number) => void;
}

export function Pager({ summary, page, hasNext, onPage }: PagerProps) {
  const words = useWords();
  return (
    <div className="row between">
      <p className="soft number" role="status">
        {summary}
      </p>
      <div className="row no-print">
        <Button
          kind="icon"
          label={words.previous}
          disabled={page <= 1}
          onClick={() => onPage(page - 1)}
        >
          <Icon name="left" />
        </Button>
        <span className="number">{page}</span>
        <Button kind="icon" label={words.next} disabled={!hasNext} onClick={() => onPage(page + 1)}>
          <Icon name="right" />
        </Button>
      </div>
    </div>
  );
}
