import { Menu } from '@base-ui/react/menu';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Icon } from '../parts/icon.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { logOut } from '../session/leave.ts';
import { ownDay } from '../session/own-day.ts';
import { useLanguage } from '../words/words.tsx';
import { useTheme } from './theme.ts';

/** Under the person's name: what is theirs, how it looks, and the way out. */
export function UserMenu() {
  const { words, language, speak } = useLanguage();
  const { me } = useSession();
  useQuery(ownDay(me));
  const { theme, next } = useTheme();
  return (
    <Menu.Root>
      <Menu.Trigger className="button">
        <span className="user-name">{me.name}</span>
        <Icon name="down" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6}>
          <Menu.Popup className="menu">
            <div className="menu-item soft">{me.roleLabels.join(', ')}</div>
            <div className="menu-line" />
            <OwnPages />
            <Menu.Item className="menu-item" closeOnClick={false} onClick={next}>
              {words.shell.theme}: {words.shell[theme]}
            </Menu.Item>
            <Menu.Item
              className="menu-item"
              onClick={() => speak(language === 'vi' ? 'en' : 'vi')}
              lang={language === 'vi' ? 'en' : 'vi'}
            >
              {words.shell.language}
            </Menu.Item>
            <div className="menu-line" />
            <Menu.Item className="menu-item" onClick={() => void logOut()}>
              {words.signIn.out}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Chữ ký and Con dấu, which the guide finds under the person's name. */
function OwnPages() {
  const { words } = useLanguage();
  const session = useSession();
  if (!hasRole(session, 'receiving-officer', 'certifier', 'clerk', 'auditor')) return null;
  return (
    <>
      <Menu.Item className="menu-item" render={<Link to="/tai-khoan/chu-ky" />}>
        {words.specimens.signature.menu}
      </Menu.Item>
      <Menu.Item className="menu-item" render={<Link to="/tai-khoan/con-dau" />}>
        {words.specimens.seal.menu}
      </Menu.Item>
      <div className="menu-line" />
    </>
  );
}
